package linekeeper.application.port;

import linekeeper.domain.CallId;
import linekeeper.domain.InvalidValue;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// @param limit 1 to 500
/// @param after where the page before ended; null: the first page
public record PageRequest(int limit, @Nullable Cursor after) {
    private static final int MAX = 500;

    public PageRequest {
        if (limit < 1 || limit > MAX) {
            throw new InvalidValue("limit", "must be 1 to " + MAX);
        }
    }

    /// A place in a list of calls ordered by creation, newest first.
    public record Cursor(Instant createdAt, CallId call) {}
}
