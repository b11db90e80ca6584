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
import java.util.function.Predicate;
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

        /// What can be read by `GET` can be asked about by `HEAD`.
        At get(String path, Handler handler) {
            return on(List.of(Method.GET, Method.HEAD), path, handler);
        }

        At post(String path, Handler handler) {
            return on(Method.POST, path, handler);
        }

        At on(Method method, String path, Handler handler) {
            return on(List.of(method), path, handler);
        }

        private At on(List<Method> methods, String path, Handler handler) {
            PathPattern pattern = new PathPattern(path);
            entries.add(new Entry(methods, pattern));
            rules.route(
                    HttpRoute.builder()
                            .methods(methods.toArray(Method[]::new))
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
        String allowed = methodsAt(request, entry -> true);
        if (allowed.isEmpty()) {
            throw ErrorTable.ofStatus(Status.NOT_FOUND_404).asException();
        }
        if (!request.prologue().method().equals(Method.OPTIONS)) {
            throw wrongMethod(allowed);
        }
        response.header(HeaderNames.ALLOW, allowed);
        response.status(Status.NO_CONTENT_204).send();
    }

    /// What to say when there is no call of the asked-for id: `absent`, or, if the path has another
    /// meaning too (`GET /api/calls/outbound`), which methods that takes.
    ProblemException absence(ServerRequest request, ProblemException absent) {
        String allowed = methodsAt(request, entry -> entry.pattern.isLiteral());
        return allowed.isEmpty() ? absent : wrongMethod(allowed);
    }

    private static ProblemException wrongMethod(String allowed) {
        return Problem.of(Status.METHOD_NOT_ALLOWED_405, "Allowed here: " + allowed)
                .withHeader(HeaderNames.ALLOW.defaultCase(), allowed)
                .asException();
    }

    private String methodsAt(ServerRequest request, Predicate<Entry> which) {
        UriPath path = request.prologue().uriPath();
        return entries.stream()
                .filter(which)
                .filter(entry -> entry.pattern.matches(path))
                .flatMap(entry -> entry.methods.stream())
                .map(Method::text)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private record Entry(List<Method> methods, PathPattern pattern) {}
}
