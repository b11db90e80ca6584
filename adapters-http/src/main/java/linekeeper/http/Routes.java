package linekeeper.http;

import io.helidon.common.uri.UriPath;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRoute;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Every route of the API, so that a known path with a wrong method can be told from an unknown path.
/// Filled before the server starts, read-only then.
final class Routes {
    private final List<Entry> entries = new ArrayList<>();

    /// Registers routes under [PathPattern]s; their errors are answered by the [ErrorTable].
    final class At {
        private final HttpRules rules;

        private At(HttpRules rules) {
            this.rules = rules;
        }

        At get(String path, Handler handler) {
            return on(Method.GET, path, handler);
        }

        At post(String path, Handler handler) {
            return on(Method.POST, path, handler);
        }

        At on(Method method, String path, Handler handler) {
            PathPattern pattern = new PathPattern(path);
            entries.add(new Entry(method, pattern));
            rules.route(
                    HttpRoute.builder()
                            .methods(method)
                            .path(pattern)
                            .handler(new Guarded(handler))
                            .build());
            return this;
        }
    }

    At at(HttpRules rules) {
        return new At(rules);
    }

    /// What is asked when no route took the request; belongs behind all of them.
    Handler unmatched() {
        return new Guarded(this::refuse);
    }

    private void refuse(ServerRequest request, ServerResponse response) {
        Problem problem = refusal(methodsAt(request.prologue().uriPath()));
        if (!request.prologue().method().equals(Method.HEAD)) {
            throw problem.asException();
        }
        // Helidon would send the body, and the client take it for the next answer.
        problem.headers().forEach((name, value) -> response.header(name, value));
        response.status(problem.status()).send();
    }

    private static Problem refusal(String allowed) {
        return allowed.isEmpty()
                ? ErrorTable.ofStatus(Status.NOT_FOUND_404)
                : Problem.of(Status.METHOD_NOT_ALLOWED_405, "Allowed here: " + allowed)
                        .withHeader(HeaderNames.ALLOW.defaultCase(), allowed);
    }

    private String methodsAt(UriPath path) {
        return entries.stream()
                .filter(entry -> entry.pattern.matches(path))
                .map(entry -> entry.method.text())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private record Entry(Method method, PathPattern pattern) {}
}
