package linekeeper.application;

import linekeeper.application.AcceptCall.Accepted;
import linekeeper.application.AcceptCall.Starts;
import linekeeper.application.port.Dialing;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.ReservedCall;

import java.util.List;
import java.util.Optional;

/// Accepts a call and, if it has a slot, dials it: behind the caller's back, or while the caller waits.
/// Thread-safe.
public final class PlaceCall {
    private final AcceptCall acceptCall;
    private final DialCall dialCall;
    private final Dialing dialing;

    public PlaceCall(AcceptCall acceptCall, DialCall dialCall, Dialing dialing) {
        this.acceptCall = acceptCall;
        this.dialCall = dialCall;
        this.dialing = dialing;
    }

    /// Returns once call and slot are durable; the dial follows at once.
    public Accepted start(CallRequest request) {
        return started(acceptCall.accept(request));
    }

    /// Starts many, as [#start] does each; the answers are in the order of the requests.
    ///
    /// @return empty: the store could not answer for this one, it may have been accepted or not
    public List<Optional<Accepted>> startAll(List<CallRequest> requests) {
        List<Optional<Accepted>> answers = acceptCall.acceptAll(requests);
        answers.forEach(answer -> answer.ifPresent(this::started));
        return answers;
    }

    private Accepted started(Accepted accepted) {
        if (accepted instanceof Starts(ReservedCall call)) {
            dialing.submit(call);
        }
        return accepted;
    }

    /// Returns once the provider has answered, or the call waits (D1).
    public Initiated initiate(CallRequest request) {
        Accepted accepted = acceptCall.accept(request);
        return accepted instanceof Starts(ReservedCall call)
                ? new Tried(call, dialCall.dial(call))
                : new NotTried(accepted);
    }

    /// How far an initiated call has come.
    public sealed interface Initiated {}

    /// The provider's turn is over.
    public record Tried(ReservedCall call, Dialed dialed) implements Initiated {}

    /// Nothing was dialed; never [Starts].
    public record NotTried(Accepted accepted) implements Initiated {}
}
