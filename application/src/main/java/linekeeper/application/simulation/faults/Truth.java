package linekeeper.application.simulation.faults;

import linekeeper.domain.CallKey;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.Failure;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.QueuedCall;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/// Compares what the service believes with what its providers know.
final class Truth {
    private final Map<ProviderName, Platform> platforms = new LinkedHashMap<>();

    void knows(Platform platform) {
        platforms.put(platform.style().name(), platform);
    }

    /// A call was bound to an execution.
    void bound(ActiveCall call) {
        PhoneCall real = real(call.execution());
        boolean own =
                real != null
                        && real.echo().key().equals(call.key())
                        && real.echo().attempt() == call.attempt();
        if (!own) {
            throw broken(call.key(), "bound to " + call.execution() + ", which is not its own");
        }
    }

    /// An attempt is over.
    void over(LiveCall before, Call after) {
        switch (after) {
            case EndedCall ended -> ended(ended);
            case QueuedCall waits -> followed(before, waits);
            case LiveCall again -> followed(before, again);
        }
    }

    private void ended(EndedCall call) {
        boolean said =
                switch (call.outcome()) {
                    case Outcome.Completed completed -> true;
                    case Outcome.NoAnswer noAnswer -> true;
                    case Outcome.Busy busy -> true;
                    case Outcome.Voicemail voicemail -> true;
                    case Outcome.Failed(Failure failure) ->
                            failure.code().equals(Failure.PROVIDER_FAILED);
                    case Outcome.Cancelled cancelled -> false;
                    case Outcome.Expired expired -> false;
                };
        if (said && !call.outcome().equals(outcome(call.execution()))) {
            throw broken(call.key(), call.outcome() + ", and its provider knows otherwise");
        }
    }

    /// Another attempt while the telephone rings would call the person twice.
    private void followed(LiveCall before, Call after) {
        if (after.attempt() > before.attempt()
                && before instanceof ActiveCall active
                && outcome(active.execution()) == null) {
            throw broken(before.key(), "another attempt while " + active.execution() + " goes on");
        }
    }

    private @Nullable Outcome outcome(@Nullable ExecutionId execution) {
        PhoneCall real = execution == null ? null : real(execution);
        return real == null ? null : real.outcome();
    }

    private @Nullable PhoneCall real(ExecutionId execution) {
        Platform platform = platforms.get(execution.provider());
        return platform == null ? null : platform.of(execution);
    }

    private static Broken broken(CallKey call, String what) {
        return new Broken(Invariant.TRUTH, call, what);
    }
}
