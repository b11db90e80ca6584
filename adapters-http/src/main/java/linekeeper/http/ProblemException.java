package linekeeper.http;

import java.io.Serial;

/// Ends a request with a problem. The way out of nested readers; use cases never see it.
final class ProblemException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
