package linekeeper.telephony.twilio.fake;

import com.sun.net.httpserver.HttpExchange;

import linekeeper.telephony.fake.FakeServer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Twilio's calls as its documents describe them, over real HTTP. Counts what it is asked, holds every
/// request to the documents, and goes wrong on demand. Thread-safe.
public final class FakeTwilio extends FakeServer<Fault> {
    public static final String ACCOUNT_SID = "AC0123456789abcdef0123456789abcdef";
    public static final String AUTH_TOKEN = "12345";
    static final String CALLS = "/2010-04-01/Accounts/" + ACCOUNT_SID + "/Calls";

    private static final Set<String> UNANSWERED = Set.of("queued", "ringing");

    private final List<FakeCall> calls = new ArrayList<>();
    private final List<CreateRequest> creates = new ArrayList<>();
    private volatile int largestPage = 1_000;

    private FakeTwilio() {}

    public static FakeTwilio start() {
        FakeTwilio twilio = new FakeTwilio();
        twilio.comeUp();
        return twilio;
    }

    /// The next creates go wrong, one after the other.
    public void next(Fault... next) {
        willGoWrong(List.of(next));
    }

    /// Gives lists in pages no larger than this.
    public void pagesOf(int most) {
        largestPage = most;
    }

    /// Every create that came, oldest first.
    public synchronized List<CreateRequest> creates() {
        return List.copyOf(creates);
    }

    /// Every call, oldest first.
    public synchronized List<FakeCall> calls() {
        return List.copyOf(calls);
    }

    /// A call that somebody else made.
    public FakeCall placed(String to, Instant createdAt) {
        String form = "To=%s&From=%%2B14155550100".formatted(to.replace("+", "%2B"));
        return place(new CreateRequest(form), createdAt);
    }

    /// A call that another service dialed through this account.
    public synchronized void carry(String sid) {
        CreateRequest request = new CreateRequest("To=%2B14155551212&From=%2B14155550100");
        calls.add(new FakeCall(sid, request, Instant.now()));
    }

    @Override
    protected void handle(HttpExchange exchange, String body) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        String expected =
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        (ACCOUNT_SID + ":" + AUTH_TOKEN)
                                                .getBytes(StandardCharsets.UTF_8));
        if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            Replies.error(exchange, 401, 20003, "Authenticate");
        } else if (method.equals("POST") && !isForm(exchange)) {
            Replies.error(exchange, 415, 20001, "Not a form");
        } else if (path.equals(CALLS + ".json")) {
            if (method.equals("POST")) {
                create(exchange, new CreateRequest(body));
            } else {
                answer(
                        exchange,
                        200,
                        CallPages.page(
                                calls(),
                                new CreateRequest(exchange.getRequestURI().getRawQuery()),
                                largestPage));
            }
        } else {
            one(exchange, path, new CreateRequest(body));
        }
    }

    private void one(HttpExchange exchange, String path, CreateRequest form) throws IOException {
        Optional<FakeCall> call =
                calls().stream()
                        .filter(FakeCall::listed)
                        .filter(one -> path.equals(CALLS + "/" + one.sid() + ".json"))
                        .findFirst();
        if (call.isEmpty()) {
            Replies.error(
                    exchange, 404, 20404, "The requested resource " + path + " was not found");
        } else if (exchange.getRequestMethod().equals("POST")) {
            update(exchange, call.get(), Objects.requireNonNullElse(form.one("Status"), ""));
        } else {
            answer(exchange, 200, call.get().json(false).toString());
        }
    }

    /// Cancelling lets an answered call be.
    private static void update(HttpExchange exchange, FakeCall call, String status)
            throws IOException {
        if (call.over()) {
            Replies.error(exchange, 400, 21220, "Call is not in-progress. Cannot redirect.");
            return;
        }
        if (status.equals("canceled") && UNANSWERED.contains(call.status())) {
            call.become("canceled");
        } else if (status.equals("completed")) {
            call.become("completed");
        }
        answer(exchange, 200, call.json(false).toString());
    }

    private void create(HttpExchange exchange, CreateRequest request) throws IOException {
        synchronized (this) {
            creates.add(request);
        }
        Fault fault = nextFault();
        if (!request.mistakes().isEmpty()) {
            Replies.error(exchange, 400, 20001, "Not documented: " + request.mistakes());
        } else if (fault != null) {
            goWrong(exchange, request, fault);
        } else if (request.error() != 0) {
            Replies.error(exchange, 400, request.error(), "Refused +14155551212");
        } else {
            FakeCall placed = place(request, Instant.now());
            answer(exchange, 201, placed.json(true).toString());
        }
    }

    private void goWrong(HttpExchange exchange, CreateRequest request, Fault fault)
            throws IOException {
        if (fault.places()) {
            place(request, Instant.now());
        }
        switch (fault) {
            case HANG_BEFORE, HANG_AFTER -> hang(exchange);
            case DROP_BEFORE, DROP_AFTER -> exchange.close();
            case ERROR_500, ERROR_500_AFTER ->
                    Replies.error(exchange, 500, 20500, "Internal error");
            case UNAVAILABLE -> Replies.error(exchange, 503, 20503, "Unavailable");
            case MALFORMED -> answer(exchange, 201, "<html>done</html>");
            case REQUEST_TIMEOUT -> answer(exchange, 408, "");
            case TOO_MANY -> Replies.error(exchange, 429, 20429, "Too Many Requests");
            case CONCURRENCY ->
                    Replies.error(exchange, 400, 10004, "Call concurrency limit exceeded");
            case QUEUE_FULL -> Replies.error(exchange, 400, 22005, "Outbound queue is full");
            case PROXY -> answer(exchange, 403, "<html>Forbidden by +14155550100</html>");
        }
    }

    private synchronized FakeCall place(CreateRequest request, Instant at) {
        FakeCall call = new FakeCall("CA%032x".formatted(calls.size() + 1), request, at);
        calls.add(call);
        return call;
    }

    private static boolean isForm(HttpExchange exchange) {
        return "application/x-www-form-urlencoded"
                .equals(exchange.getRequestHeaders().getFirst("Content-Type"));
    }
}
