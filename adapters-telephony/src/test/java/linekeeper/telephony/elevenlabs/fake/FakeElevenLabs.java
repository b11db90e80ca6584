package linekeeper.telephony.elevenlabs.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import jakarta.json.Json;
import jakarta.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// ElevenLabs' API as its documents say, over real HTTP: creates over both trunks, conversations one by
/// one and in lists. Counts what it is asked and goes wrong on demand. Thread-safe.
public final class FakeElevenLabs implements AutoCloseable {
    public static final String API_KEY = "sk_test";

    private static final String CONVERSATIONS = "/v1/convai/conversations";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final FakeLedger ledger = new FakeLedger();
    private final FakeLists lists = new FakeLists(ledger);
    private final Deque<Canned> canned = new ArrayDeque<>();
    private volatile CountDownLatch release = new CountDownLatch(1);
    private volatile @Nullable Canned reads;

    private FakeElevenLabs(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public static FakeElevenLabs start() {
        try {
            return new FakeElevenLabs(
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// What it counted.
    public FakeLedger ledger() {
        return ledger;
    }

    /// The next creates go wrong, one after the other.
    public void next(Fault... faults) {
        synchronized (canned) {
            List.of(faults)
                    .forEach(fault -> canned.add(new Canned(fault, fault.status(), fault.body())));
        }
    }

    /// The next create is refused with this; nobody is called.
    public void next(int status, String body) {
        synchronized (canned) {
            canned.add(new Canned(Fault.ERROR_500, status, body));
        }
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

    /// Lets everything that hangs go on.
    public void release() {
        release.countDown();
        release = new CountDownLatch(1);
    }

    public void become(FakeConversation conversation, String status) {
        conversation.become(status, null);
    }

    /// @param callResult as newer releases tell it
    public void become(FakeConversation conversation, String status, String callResult) {
        conversation.become(status, callResult);
    }

    @Override
    public void close() {
        release.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = FakeHttp.read(exchange);
        if (!API_KEY.equals(exchange.getRequestHeaders().getFirst("xi-api-key"))) {
            FakeHttp.answer(
                    exchange, 401, FakeHttp.error("authentication_error", "invalid_api_key"));
        } else if (path.equals("/v1/convai/twilio/outbound-call")) {
            create(exchange, false, new String(body, StandardCharsets.UTF_8));
        } else if (path.equals("/v1/convai/sip-trunk/outbound-call")) {
            create(exchange, true, new String(body, StandardCharsets.UTF_8));
        } else if (path.equals(CONVERSATIONS)) {
            list(exchange);
        } else if (path.startsWith(CONVERSATIONS + "/")) {
            get(exchange, path.substring(CONVERSATIONS.length() + 1));
        } else {
            FakeHttp.answer(exchange, 404, "{\"detail\":\"Not Found\"}");
        }
    }

    private void create(HttpExchange exchange, boolean sip, String body) throws IOException {
        JsonObject request = Json.createReader(new StringReader(body)).readObject();
        ledger.asked(request);
        Canned next;
        synchronized (canned) {
            next = canned.poll();
        }
        String missing =
                List.of("agent_id", "agent_phone_number_id", "to_number").stream()
                        .filter(field -> !request.containsKey(field))
                        .findFirst()
                        .orElse(null);
        if (missing != null) {
            FakeHttp.answer(exchange, 422, FakeHttp.missing(missing));
        } else if (next == null) {
            FakeHttp.answer(exchange, 200, created(place(sip, request), sip));
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
                FakeHttp.answer(exchange, 200, created(Objects.requireNonNull(placed), sip));
            }
            default -> FakeHttp.answer(exchange, next.status, next.body);
        }
    }

    private void hang(HttpExchange exchange) {
        pause(60_000);
        exchange.close();
    }

    private void pause(long millis) {
        try {
            if (release.await(millis, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
            FakeHttp.answer(exchange, wrong.status, wrong.body);
        } else if (conversation == null) {
            FakeHttp.answer(exchange, 404, FakeHttp.error("not_found", "conversation_not_found"));
        } else {
            FakeHttp.answer(exchange, 200, conversation.full().toString());
        }
    }

    private void list(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        ledger.read("list " + query);
        JsonObject page = lists.page(FakeHttp.parameters(query));
        if (page == null) {
            FakeHttp.answer(exchange, 422, FakeHttp.missing("page_size"));
        } else {
            FakeHttp.answer(exchange, 200, page.toString());
        }
    }

    private record Canned(Fault fault, int status, String body) {}
}
