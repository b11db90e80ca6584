package linekeeper.application.port;

import linekeeper.domain.call.Call;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// @param next where the next page goes on; null: this is the last
public record CallPage(List<Call> calls, @Nullable CallCursor next) {
    public CallPage {
        calls = List.copyOf(calls);
    }
}
