package linekeeper.domain.notice;

import linekeeper.domain.call.Call;
import linekeeper.domain.call.EndedCall;

import org.jspecify.annotations.Nullable;

/// How a call went from one state to another, in one commit.
///
/// @param attempt how the attempt ended that `after` follows on; null: none did
public record Step(Call before, Call after, @Nullable EndedCall attempt) {
    public Step(Call before, Call after) {
        this(before, after, null);
    }
}
