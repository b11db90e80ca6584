package linekeeper.telephony.elevenlabs.fake;

import com.sun.net.httpserver.HttpExchange;

import jakarta.json.Json;
import jakarta.json.JsonObject;

import linekeeper.telephony.fake.FakeServer;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

/// ElevenLabs' API as its documents say, over real HTTP: creates over both trunks, conversations one by
/// one and in lists. Counts what it is asked and goes wrong on demand. Thread-safe.
public final class FakeElevenLabs extends FakeServer<FakeElevenLabs.Canned> {
    public static final String API_KEY = "sk_test";

    private static final String CONVERSATIONS = "/v1/convai/conversations";

    private final FakeLedger ledger = new FakeLedger();
    private final FakeLists lists = new FakeLists(ledger);
    private volatile Consumer<String> carrier = sid -> {};
    private volatile @Nullable Canned reads;

    private FakeElevenLabs() {}

    public static FakeElevenLabs start() {
        FakeElevenLabs elevenLabs = new FakeElevenLabs();
        elevenLabs.comeUp();
        return elevenLabs;
    }

    /// Whoever is told the carrier's id of every call that is placed over a Twilio number.
    public void carriedBy(Consumer<String> other) {
        carrier = other;
    }

    /// What it counted.
    public FakeLedger ledger() {
        return ledger;
    }

    /// The next creates go wrong, one after the other.
    public void next(Fault... faults) {
        willGoWrong(
                Arrays.stream(faults)
                        .map(fault -> new Canned(fault, fault.status(), fault.body()))
                        .toList());
    }

    /// The next create is refused with this; nobody is called.
    public void next(int status, String body) {
        willGoWrong(List.of(new Canned(Fault.ERROR_500, status, body)));
    }

    /// Every conversation that is asked for is answered like this; status 0: not at all.
    public void reads(int status, String body) {
        reads = new Canned(Fault.ERROR_500, status, body);
    }

    /// Lists by `user_id` stay empty, as if that index came later.
    public void userIdsLag(boolean lag) {
        lists.userIdsLag = lag;
    }

    /// Every list stays empty.
    public void listsLag(boolean lag) {
        lists.allLag = lag;
    }

    public void become(FakeConversation conversation, String status) {
        conversation.become(status, null);
    }

    /// @param callResult as newer releases tell it
    public void become(FakeConversation conversation, String status, String callResult) {
        conversation.become(status, callResult);
    }

    @Override
    protected void handle(HttpExchange exchange, String body) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (!API_KEY.equals(exchange.getRequestHeaders().getFirst("xi-api-key"))) {
            answer(exchange, 401, Complaints.error("authentication_error", "invalid_api_key"));
        } else if (path.equals("/v1/convai/twilio/outbound-call")) {
            create(exchange, false, body);
        } else if (path.equals("/v1/convai/sip-trunk/outbound-call")) {
            create(exchange, true, body);
        } else if (path.equals(CONVERSATIONS)) {
            list(exchange);
        } else if (path.startsWith(CONVERSATIONS + "/")) {
            get(exchange, path.substring(CONVERSATIONS.length() + 1));
        } else {
            answer(exchange, 404, "{\"detail\":\"Not Found\"}");
        }
    }

    private void create(HttpExchange exchange, boolean sip, String body) throws IOException {
        JsonObject request = Json.createReader(new StringReader(body)).readObject();
        ledger.asked(request);
        Canned next = nextFault();
        String missing =
                List.of("agent_id", "agent_phone_number_id", "to_number").stream()
                        .filter(field -> !request.containsKey(field))
                        .findFirst()
                        .orElse(null);
        if (missing != null) {
            answer(exchange, 422, Complaints.missing(missing));
        } else if (next == null) {
            answer(exchange, 200, created(place(sip, request), sip));
        } else {
            goWrong(exchange, sip, request, next);
        }
    }

    private void goWrong(HttpExchange exchange, boolean sip, JsonObject request, Canned next)
            throws IOException {
        FakeConversation placed = next.fault.places() ? place(sip, request) : null;
        switch (next.fault) {
            case HANG_BEFORE, HANG_AFTER -> hang(exchange);
            case DROP_BEFORE, DROP_AFTER -> exchange.close();
            case HANG_AMID -> {
                exchange.sendResponseHeaders(200, 1_000);
                exchange.getResponseBody()
                        .write("{\"success\":true,".getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
                hang(exchange);
            }
            case SLOW -> {
                pause(150);
                answer(exchange, 200, created(Objects.requireNonNull(placed), sip));
            }
            default -> answer(exchange, next.status, next.body);
        }
    }

    private FakeConversation place(boolean sip, JsonObject request) {
        String number = UUID.randomUUID().toString().replace("-", "");
        FakeConversation conversation =
                new FakeConversation(
                        "conv_" + number,
                        (sip ? "SCL_" : "CA") + number,
                        sip,
                        request,
                        Instant.now());
        ledger.placed(conversation);
        if (!sip) {
            carrier.accept(conversation.callSid());
        }
        return conversation;
    }

    private static String created(FakeConversation placed, boolean sip) {
        return Json.createObjectBuilder()
                .add("success", true)
                .add("message", "Call initiated")
                .add("conversation_id", placed.id())
                .add(sip ? "sip_call_id" : "callSid", placed.callSid())
                .build()
                .toString();
    }

    private void get(HttpExchange exchange, String id) throws IOException {
        ledger.read("conversation " + id);
        FakeConversation conversation = ledger.find(id);
        Canned wrong = reads;
        if (wrong != null && wrong.status == 0) {
            hang(exchange);
        } else if (wrong != null) {
            answer(exchange, wrong.status, wrong.body);
        } else if (conversation == null) {
            answer(exchange, 404, Complaints.error("not_found", "conversation_not_found"));
        } else {
            answer(exchange, 200, conversation.full().toString());
        }
    }

    private void list(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        ledger.read("list " + query);
        JsonObject page = lists.page(parameters(query));
        if (page == null) {
            answer(exchange, 422, Complaints.missing("page_size"));
        } else {
            answer(exchange, 200, page.toString());
        }
    }

    record Canned(Fault fault, int status, String body) {}
}
