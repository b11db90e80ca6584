package linekeeper.http;

import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import jakarta.json.JsonValue;

import linekeeper.application.RecordProviderEvent.Recorded;
import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.WebhookReader;
import linekeeper.application.port.WebhookReader.Posted;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Takes in what providers report. An answer of 200 means that it is stored; anything else makes them
/// send it again (H3, C5).
final class ProviderWebhooks implements HttpService {
    private static final Logger LOG = System.getLogger(ProviderWebhooks.class.getName());

    private final Api api;
    private final String publicUrl;
    private final @Nullable String bolnaToken;

    ProviderWebhooks(Api api, ApiSettings settings) {
        this.api = api;
        this.publicUrl = settings.publicUrl();
        this.bolnaToken = settings.bolnaToken();
    }

    @Override
    public void routing(HttpRules rules) {
        api.routes()
                .at(rules)
                .post("/webhooks/bolna/{token}", this::bolna)
                .post("/webhooks/elevenlabs", signedBy("elevenlabs"))
                .post("/webhooks/simulated", this::simulated)
                .post("/webhooks/twilio/status", signedBy("twilio/status"))
                .post("/webhooks/twilio/amd", signedBy("twilio/amd"))
                .post("/webhooks/twilio/recording", signedBy("twilio/recording"));
    }

    private void bolna(ServerRequest request, ServerResponse response) {
        if (bolnaToken == null || !same(bolnaToken, Api.path(request, "token"))) {
            throw Problem.of(Status.UNAUTHORIZED_401, "Wrong webhook token").asException();
        }
        record("bolna", request, response);
    }

    /// Of a provider whose reader knows by a signature who sent it.
    private Handler signedBy(String provider) {
        return (request, response) -> record(provider, request, response);
    }

    private void simulated(ServerRequest request, ServerResponse response) {
        if (!Loopback.isPeer(request)) {
            throw Problem.of(Status.FORBIDDEN_403, "Only from this machine").asException();
        }
        record("simulated", request, response);
    }

    private void record(String provider, ServerRequest request, ServerResponse response) {
        WebhookReader reader = api.services().webhooks().get(provider);
        if (reader == null) {
            throw bad("Webhooks of " + provider + " are not taken here");
        }
        switch (reader.read(posted(request), api.services().clock().instant())) {
            case WebhookReader.Told(ExecutionReport report) -> record(report);
            case WebhookReader.Forged(String why) ->
                    throw Problem.of(Status.UNAUTHORIZED_401, why).asException();
            case WebhookReader.Unreadable(String why) -> throw bad(why);
            case WebhookReader.Ignored(String what) ->
                    LOG.log(Level.INFO, () -> "webhook of " + provider + " passed over: " + what);
        }
        Reply.ok(response, JsonValue.EMPTY_JSON_OBJECT);
    }

    private void record(ExecutionReport report) {
        Recorded recorded = api.services().engine().recordProviderEvent().webhook(report);
        if (recorded == Recorded.UNKNOWN_CALL) {
            throw bad("Call record not found");
        }
    }

    /// The provider signs the URL that it called, which behind a proxy is the public one.
    private Posted posted(ServerRequest request) {
        Map<String, String> headers = new HashMap<>();
        request.headers()
                .forEach(
                        header ->
                                headers.putIfAbsent(
                                        header.name().toLowerCase(Locale.ROOT), header.get()));
        String query = request.query().rawValue();
        String called =
                publicUrl
                        + request.prologue().uriPath().rawPath()
                        + (query.isEmpty() ? "" : "?" + query);
        return new Posted(uri(called), headers, api.body().raw(request));
    }

    private static URI uri(String called) {
        try {
            return URI.create(called);
        } catch (IllegalArgumentException e) {
            throw bad("The URL is not well-formed");
        }
    }

    private static ProblemException bad(String detail) {
        return Problem.of(Status.BAD_REQUEST_400, detail).asException();
    }

    /// In a time that does not tell how much of it was right.
    static boolean same(String expected, String actual) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), actual.getBytes(StandardCharsets.UTF_8));
    }
}
