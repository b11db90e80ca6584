package linekeeper.application;

import linekeeper.application.port.DialResult;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.call.Failure;

/// How the turn of a reserved call ended, for whoever waits for it.
public sealed interface Dialed {
    /// The provider has the call.
    record Bound(ExecutionId execution) implements Dialed {}

    /// The provider refused; the call has failed.
    record Refused(Failure failure) implements Dialed {}

    /// The provider did not take it now; the call waits again.
    record PutBack() implements Dialed {}

    /// The provider's answer was lost; the call keeps its slot until that is settled.
    record Unconfirmed() implements Dialed {}

    /// It was not dialed, its time was over.
    record Expired() implements Dialed {}

    /// It was not dialed, somebody had cancelled it.
    record Withdrawn() implements Dialed {}

    /// Somebody else settled the call meanwhile.
    record Overtaken() implements Dialed {}

    /// What the verdict will come to once it can be stored.
    static Dialed pending(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Stale() -> new PutBack();
            case Verdict.Unwanted() -> new Withdrawn();
            case Verdict.TooLate() -> new Expired();
            case Verdict.Answered(DialResult result) ->
                    switch (result) {
                        case DialResult.Accepted accepted -> new Bound(accepted.execution());
                        case DialResult.Refused(Failure failure, boolean retryable) ->
                                retryable ? new PutBack() : new Refused(failure);
                        case DialResult.NotSent notSent -> new PutBack();
                        case DialResult.Unknown unknown -> new Unconfirmed();
                    };
        };
    }
}
