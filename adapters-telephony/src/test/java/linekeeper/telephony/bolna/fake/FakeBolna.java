package linekeeper.telephony.bolna.fake;

import com.sun.net.httpserver.HttpExchange;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;

import linekeeper.telephony.fake.FakeServer;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Bolna's API as its documents and its live behaviour say, over real HTTP. Counts what it is asked,
/// knows by its own count how many calls of an account were live at once, and goes wrong on demand.
/// Thread-safe.
public final class FakeBolna extends FakeServer<Fault> {
    public static final String API_KEY = "bn-test";

    private final FakeLedger ledger = new FakeLedger();
    private volatile @Nullable AutomaticLife life;

    private FakeBolna() {}

    public static FakeBolna start() {
        FakeBolna bolna = new FakeBolna();
        bolna.comeUp();
        return bolna;
    }

    /// What it counted.
    public FakeLedger ledger() {
        return ledger;
    }

    /// The next creates go wrong, one after the other.
    public void next(Fault... next) {
        willGoWrong(List.of(next));
    }

    /// From now on calls ring, are answered and end by themselves.
    public void live(AutomaticLife automatic) {
        life = automatic;
    }

    /// Moves an execution to another status; says nothing to anybody.
    public void become(FakeExecution execution, String status) {
        execution.become(status);
        if (execution.over()) {
            ledger.ended(execution);
        }
    }

    /// The same, unless it is over.
    void advance(FakeExecution execution, String status) {
        synchronized (execution) {
            if (!execution.over()) {
                become(execution, status);
            }
        }
    }

    @Override
    public void close() {
        AutomaticLife current = life;
        if (current != null) {
            current.close();
        }
        super.close();
    }

    @Override
    protected void handle(HttpExchange exchange, String body) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (!("Bearer " + API_KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 403, "{\"detail\":\"Unrecognized access token\"}");
        } else if (path.equals("/call")) {
            create(exchange, body);
        } else if (path.startsWith("/call/") && path.endsWith("/stop")) {
            stop(exchange, path.split("/", -1)[2]);
        } else if (path.startsWith("/executions/")) {
            get(exchange, path.substring("/executions/".length()));
        } else if (path.matches("/v2/agent/[^/]+/executions")) {
            list(exchange, path.split("/", -1)[3]);
        } else {
            answer(exchange, 404, "{\"error\":404,\"message\":\"not found\"}");
        }
    }

    private void create(HttpExchange exchange, String body) throws IOException {
        JsonObject request = Json.createReader(new StringReader(body)).readObject();
        ledger.asked(request);
        Fault fault = nextFault();
        String missing =
                List.of("agent_id", "recipient_phone_number").stream()
                        .filter(field -> !request.containsKey(field))
                        .findFirst()
                        .orElse(null);
        if (missing != null) {
            answer(exchange, 400, "{\"error\":1001,\"message\":\"" + missing + " is required\"}");
        } else if (fault == null) {
            FakeExecution placed = place(request);
            answer(
                    exchange,
                    200,
                    "{\"message\":\"done\",\"status\":\"queued\",\"execution_id\":\""
                            + placed.id()
                            + "\"}");
        } else {
            goWrong(exchange, request, fault);
        }
    }

    private void goWrong(HttpExchange exchange, JsonObject request, Fault fault)
            throws IOException {
        if (fault.places()) {
            place(request);
        }
        switch (fault) {
            case HANG_BEFORE, HANG_AFTER -> hang(exchange);
            case DROP_BEFORE, DROP_AFTER -> exchange.close();
            case ERROR_500, ERROR_500_AFTER ->
                    answer(exchange, 500, "{\"error\":500,\"message\":\"internal error\"}");
            case RATE_LIMITED -> answer(exchange, 429, "{\"message\":\"Too many requests\"}");
            case REJECTED ->
                    answer(
                            exchange,
                            400,
                            "{\"error\":1001,\"message\":\"invalid number +14155550100\"}");
            case MALFORMED -> answer(exchange, 200, "<html>done</html>");
        }
    }

    private FakeExecution place(JsonObject request) {
        FakeExecution execution =
                new FakeExecution(UUID.randomUUID().toString(), request, Instant.now());
        ledger.placed(execution);
        AutomaticLife current = life;
        if (current != null) {
            current.begin(this, execution);
        }
        return execution;
    }

    private void stop(HttpExchange exchange, String id) throws IOException {
        if (!stopped(ledger.find(id))) {
            answer(exchange, 400, "{\"error\":400,\"message\":\"call cannot be stopped\"}");
            return;
        }
        answer(
                exchange,
                200,
                "{\"message\":\"done\",\"status\":\"stopped\",\"execution_id\":\"" + id + "\"}");
    }

    private boolean stopped(@Nullable FakeExecution execution) {
        if (execution == null) {
            return false;
        }
        synchronized (execution) {
            boolean waiting = execution.status().equals("queued");
            if (waiting) {
                become(execution, "stopped");
            }
            return waiting;
        }
    }

    private void get(HttpExchange exchange, String id) throws IOException {
        FakeExecution execution = ledger.find(id);
        if (execution == null) {
            answer(exchange, 404, "{\"error\":404,\"message\":\"execution not found\"}");
        } else {
            answer(exchange, 200, execution.full().toString());
        }
    }

    private void list(HttpExchange exchange, String agent) throws IOException {
        Map<String, String> query = parameters(exchange.getRequestURI().getRawQuery());
        Instant from = Instant.parse(query.get("from"));
        Instant to = Instant.parse(query.get("to"));
        int size = Integer.parseInt(query.getOrDefault("page_size", "20"));
        int page = Integer.parseInt(query.getOrDefault("page_number", "1"));
        List<FakeExecution> found =
                ledger.all().stream()
                        .filter(one -> one.agent().equals(agent))
                        .filter(one -> !one.createdAt().isBefore(from))
                        .filter(one -> !one.createdAt().isAfter(to))
                        .sorted(Comparator.comparing(FakeExecution::createdAt).reversed())
                        .toList();
        JsonArrayBuilder rows = Json.createArrayBuilder();
        found.stream().skip((page - 1L) * size).limit(size).forEach(one -> rows.add(one.row()));
        answer(
                exchange,
                200,
                Json.createObjectBuilder()
                        .add("page_number", page)
                        .add("page_size", size)
                        .add("total", found.size())
                        .add("has_more", (long) page * size < found.size())
                        .add("data", rows)
                        .build()
                        .toString());
    }
}
