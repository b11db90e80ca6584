package linekeeper.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;

import jakarta.json.JsonStructure;

import java.nio.charset.StandardCharsets;

/// Sends answers.
final class Reply {
    /// Bound while `HEAD` is answered: as `GET` would be, without the body.
    static final ScopedValue<Boolean> HEAD_ONLY = ScopedValue.newInstance();

    private static final String JSON = "application/json";

    private Reply() {}

    static void json(ServerResponse response, Status status, JsonStructure body) {
        send(response, status, JSON, body);
    }

    static void ok(ServerResponse response, JsonStructure body) {
        json(response, Status.OK_200, body);
    }

    static void problem(ServerResponse response, Problem problem) {
        problem.headers().forEach((name, value) -> response.header(name, value));
        send(response, problem.status(), Problem.MEDIA_TYPE, problem.json());
    }

    private static void send(
            ServerResponse response, Status status, String mediaType, JsonStructure body) {
        response.status(status);
        response.header(HeaderNames.CONTENT_TYPE, mediaType);
        bytes(response, body.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// Of the media type that the response has already.
    static void bytes(ServerResponse response, byte[] bytes) {
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        if (HEAD_ONLY.isBound()) {
            // Helidon would send the body, and the client take it for the next answer.
            response.header(HeaderNames.CONTENT_LENGTH, String.valueOf(bytes.length));
            response.send();
        } else {
            response.send(bytes);
        }
    }
}
