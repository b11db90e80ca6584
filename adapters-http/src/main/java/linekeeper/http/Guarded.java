package linekeeper.http;

import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/// A handler whose errors become problems. Here and not in Helidon's error handlers, which forget the
/// headers set before, the request id among them.
final class Guarded implements Handler {
    private final Handler handler;

    Guarded(Handler handler) {
        this.handler = handler;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        if (request.prologue().method().equals(Method.HEAD)) {
            ScopedValue.where(Reply.HEAD_ONLY, true).run(() -> guard(request, response));
        } else {
            guard(request, response);
        }
    }

    private void guard(ServerRequest request, ServerResponse response) {
        try {
            handler.handle(request, response);
        } catch (CloseConnectionException gone) {
            throw gone;
        } catch (Exception | StackOverflowError thrown) {
            answer(response, thrown);
        }
    }

    private static void answer(ServerResponse response, Throwable thrown) {
        if (response.isSent()) {
            throw new CloseConnectionException("failed after the answer was sent", thrown);
        }
        if (thrown instanceof RequestException broken && !broken.keepAlive()) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        Reply.problem(response, ErrorTable.problemOf(thrown, RequestIds.of(response)));
    }
}
