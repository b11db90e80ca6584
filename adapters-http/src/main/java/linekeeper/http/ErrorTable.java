package linekeeper.http;

import io.helidon.http.HttpException;
import io.helidon.http.RequestException;
import io.helidon.http.Status;

import linekeeper.application.port.StoreUnavailable;
import linekeeper.domain.InvalidValue;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/// THE table from what went wrong to what the caller is told.
final class ErrorTable {
    private static final Logger LOG = System.getLogger(ErrorTable.class.getName());
    private static final String RETRY_AFTER_SECONDS = "1";

    private ErrorTable() {}

    /// @param requestId links the answer to the log
    static Problem problemOf(Throwable thrown, String requestId) {
        return switch (thrown) {
            case ProblemException known -> known.problem();
            case InvalidValue invalid -> invalid(invalid);
            case StoreUnavailable down -> unavailable(down, requestId);
            case RequestException refused -> ofStatus(refused.status());
            case HttpException refused -> ofStatus(refused.status());
            default -> unexpected(thrown, requestId);
        };
    }

    /// What to say when all that is known is the status.
    static Problem ofStatus(Status status) {
        return switch (status.code()) {
            case 400 -> Problem.of(status, "The request is not well-formed HTTP");
            case 404 -> Problem.of(status, "There is nothing at this path");
            case 413 -> tooLarge();
            case 414 -> Problem.of(status, "The path is too long");
            case 431 -> Problem.of(status, "The request's headers are too large");
            case 503 ->
                    Problem.of(status, "Too many requests at once")
                            .withHeader("Retry-After", RETRY_AFTER_SECONDS);
            case 500 -> internal();
            default -> Problem.of(status, status.reasonPhrase());
        };
    }

    static Problem tooLarge() {
        return Problem.of(Status.REQUEST_ENTITY_TOO_LARGE_413, "The body is too large");
    }

    private static Problem invalid(InvalidValue invalid) {
        return Problem.of(
                Status.BAD_REQUEST_400,
                invalid.field() + " " + invalid.rule(),
                List.of(new FieldError(invalid.field(), invalid.rule())));
    }

    private static Problem unavailable(StoreUnavailable down, String requestId) {
        // Without a stack trace: while a database is away there is one of these per request.
        LOG.log(
                Level.WARNING,
                "request " + requestId + ": store unavailable: " + down.getMessage());
        return Problem.of(Status.SERVICE_UNAVAILABLE_503, "The service cannot answer now; repeat")
                .withHeader("Retry-After", RETRY_AFTER_SECONDS);
    }

    private static Problem unexpected(Throwable thrown, String requestId) {
        LOG.log(Level.ERROR, "request " + requestId + " failed", thrown);
        return internal();
    }

    private static Problem internal() {
        return Problem.of(
                Status.INTERNAL_SERVER_ERROR_500,
                "Something failed here; the request id finds it in the log");
    }
}
