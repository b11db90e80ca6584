package linekeeper.http;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Function;

/// Cuts a page out of what was found, of which one more than fits was asked for: only that tells a full
/// last page from one with more behind it.
final class Page {
    private Page() {}

    /// What to ask the store for.
    static int oneMoreThan(int limit) {
        return limit + 1;
    }

    /// @param place writes where an item is, for the next page to go on behind it
    static <T> ListAnswer<T> of(List<T> found, int limit, Function<T, @Nullable String> place) {
        if (found.size() <= limit) {
            return new ListAnswer<>(found, null);
        }
        List<T> page = found.subList(0, limit);
        return new ListAnswer<>(page, place.apply(page.getLast()));
    }
}
