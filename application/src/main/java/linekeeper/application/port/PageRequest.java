package linekeeper.application.port;

import linekeeper.domain.InvalidValue;

import org.jspecify.annotations.Nullable;

/// @param limit 1 to 500
/// @param after where the page before ended; null: the first page
public record PageRequest(int limit, @Nullable CallCursor after) {
    private static final int MAX = 500;

    public PageRequest {
        if (limit < 1 || limit > MAX) {
            throw new InvalidValue("limit", "must be 1 to " + MAX);
        }
    }
}
