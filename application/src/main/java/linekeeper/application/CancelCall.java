package linekeeper.application;

import linekeeper.application.EndCall.Ending;
import linekeeper.application.port.Change;
import linekeeper.application.port.StopResult;
import linekeeper.domain.CallKey;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.TimelineEvent;
import linekeeper.domain.call.UnboundCall;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Withdraws a waiting call for good; notes durably that a live one shall end and asks its provider for
/// that, or, while its execution is not known yet, has whoever binds it ask (H5). A call that was
/// cancelled is never tried again, even if this attempt cannot be ended. Thread-safe.
public final class CancelCall {
    private final CallDesk desk;
    private final HangUp hangUp;
    private final UnwantedDials unwanted;
    private final InstantSource clock;

    CancelCall(CallDesk desk, HangUp hangUp, UnwantedDials unwanted, InstantSource clock) {
        this.desk = desk;
        this.hangUp = hangUp;
        this.unwanted = unwanted;
        this.clock = clock;
    }

    public Cancelled cancel(CallKey key) {
        Instant now = clock.instant();
        return switch (desk.change(key, now, current -> withdraw(current, now))) {
            case Decided(Cancelled answer) -> answer;
            case Wished(UnboundCall call) -> later(call);
            case Wished(ActiveCall call) -> hangUp(call);
        };
    }

    private static Change<Step> withdraw(Optional<Call> current, Instant now) {
        return switch (current.orElse(null)) {
            case null -> Change.none(new Decided(new NoSuchCall()));
            case EndedCall ended -> Change.none(new Decided(new AlreadyOver(ended)));
            case QueuedCall queued ->
                    EndCall.waiting(
                            queued,
                            Ending.of(new Outcome.Cancelled(), now, "caller"),
                            new Decided(new Withdrawn()));
            case LiveCall live -> wish(live, now);
        };
    }

    /// The first wish counts; one that is repeated has the provider asked again.
    private static Change<Step> wish(LiveCall live, Instant now) {
        return live.slot().wish() == null
                ? Change.to(
                        live.cancelWished(now),
                        TimelineEvent.of(now, "cancel_requested"),
                        new Wished(live))
                : Change.none(new Wished(live));
    }

    private Cancelled later(UnboundCall call) {
        unwanted.add(call.slot().lease());
        return new HangUpNoted();
    }

    private Cancelled hangUp(ActiveCall call) {
        return switch (hangUp.ask(desk, call)) {
            case StopResult.Stopped() -> new Withdrawn();
            case StopResult.HangingUp() -> new HangUpAsked();
            case StopResult.Impossible(String why) -> new CannotHangUp(why);
            case StopResult.Unknown unknown -> new HangUpAsked();
        };
    }

    /// What became of the wish.
    public sealed interface Cancelled {}

    /// Nobody is or will be called.
    public record Withdrawn() implements Cancelled {}

    /// The provider was asked to hang up; its report says how the call ended.
    public record HangUpAsked() implements Cancelled {}

    /// It is being dialed in this moment, or its dial's answer was lost: the provider is asked to hang
    /// up as soon as it is known what to hang up.
    public record HangUpNoted() implements Cancelled {}

    /// This provider cannot end the attempt any more; no other follows.
    public record CannotHangUp(String why) implements Cancelled {}

    public record AlreadyOver(EndedCall call) implements Cancelled {}

    public record NoSuchCall() implements Cancelled {}

    private sealed interface Step {}

    private record Decided(Cancelled answer) implements Step {}

    private record Wished(LiveCall call) implements Step {}
}
