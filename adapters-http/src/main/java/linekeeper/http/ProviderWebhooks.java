package linekeeper.http;

import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import jakarta.json.JsonValue;

import linekeeper.application.RecordProviderEvent.Recorded;
import linekeeper.application.port.ExecutionReport;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/// Takes in what providers report. An answer of 200 means that it is stored; anything else makes them
/// send it again (H3, C5).
final class ProviderWebhooks implements HttpService {
    private final Api api;
    private final @Nullable String bolnaToken;

    ProviderWebhooks(Api api, @Nullable String bolnaToken) {
        this.api = api;
        this.bolnaToken = bolnaToken;
    }

    @Override
    public void routing(HttpRules rules) {
        api.routes()
                .at(rules)
                .post("/webhooks/bolna/{token}", this::bolna)
                .post("/webhooks/simulated", this::simulated);
    }

    private void bolna(ServerRequest request, ServerResponse response) {
        if (bolnaToken == null || !same(bolnaToken, Api.path(request, "token"))) {
            throw Problem.of(Status.UNAUTHORIZED_401, "Wrong webhook token").asException();
        }
        record("bolna", request, response);
    }

    private void simulated(ServerRequest request, ServerResponse response) {
        if (!Loopback.isPeer(request)) {
            throw Problem.of(Status.FORBIDDEN_403, "Only from this machine").asException();
        }
        record("simulated", request, response);
    }

    private void record(String provider, ServerRequest request, ServerResponse response) {
        ExecutionReport report =
                Optional.ofNullable(api.services().webhooks().get(provider))
                        .flatMap(reader -> reader.read(api.body().raw(request)))
                        .orElseThrow(() -> bad("Not a report of a call"));
        Recorded recorded = api.services().engine().recordProviderEvent().webhook(report);
        if (recorded == Recorded.UNKNOWN_CALL) {
            throw bad("Call record not found");
        }
        Reply.ok(response, JsonValue.EMPTY_JSON_OBJECT);
    }

    private static ProblemException bad(String detail) {
        return Problem.of(Status.BAD_REQUEST_400, detail).asException();
    }

    /// In a time that does not tell how much of it was right.
    private static boolean same(String expected, String actual) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), actual.getBytes(StandardCharsets.UTF_8));
    }
}
