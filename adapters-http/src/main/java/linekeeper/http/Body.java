package linekeeper.http;

import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;

import jakarta.json.JsonObject;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/// Reads request bodies up to a limit. What comes after the limit is still read (the listener bounds
/// it) and dropped, for a sender that is cut off in the middle never sees the answer.
record Body(BoundedReader reader) {
    JsonObject json(ServerRequest request) {
        requireJson(request);
        return StrictJson.object(raw(request));
    }

    /// Empty: the request has no body.
    Optional<JsonObject> optionalJson(ServerRequest request) {
        return request.content().hasEntity() ? Optional.of(json(request)) : Optional.empty();
    }

    byte[] raw(ServerRequest request) {
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        if (announced(request) > reader.limit() && !request.continueSent()) {
            // The body was not asked for and may come or not, so the connection cannot go on.
            throw ErrorTable.tooLarge().withHeader("Connection", "close").asException();
        }
        try (InputStream in = request.content().inputStream()) {
            return reader.read(in);
        } catch (IOException | UncheckedIOException | InsufficientDataAvailableException e) {
            throw Problem.of(Status.BAD_REQUEST_400, "The body ended early")
                    .withHeader("Connection", "close")
                    .asException();
        }
    }

    private static long announced(ServerRequest request) {
        return request.headers().contentLength().orElse(0);
    }

    /// Nothing at all is no JSON either, but that is for the parser to say.
    private static void requireJson(ServerRequest request) {
        boolean json =
                request.headers()
                        .first(HeaderNames.CONTENT_TYPE)
                        .map(JsonMediaType::matches)
                        .orElse(!request.content().hasEntity());
        if (!json) {
            throw Problem.of(
                            Status.UNSUPPORTED_MEDIA_TYPE_415,
                            "Send the body as application/json in UTF-8")
                    .asException();
        }
    }
}
