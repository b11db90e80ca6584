package linekeeper.domain.call;

import java.time.Instant;

/// Somebody wants a live call to end (H5). It is not tried again, whatever comes of the wish.
///
/// @param answered the provider has said what it will do about it: hang up, or that it cannot; until
///     then it is asked again
public record CancelWish(Instant askedAt, boolean answered) {
    static CancelWish at(Instant now) {
        return new CancelWish(now, false);
    }
}
