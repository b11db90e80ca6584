package linekeeper.application;

import linekeeper.application.EndCall.Ending;
import linekeeper.application.port.Change;
import linekeeper.application.port.Providers;
import linekeeper.application.port.StopResult;
import linekeeper.domain.CallKey;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.UnboundCall;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Withdraws a waiting call for good, or asks the provider to end a live one (H5). Thread-safe.
public final class CancelCall {
    private final CallDesk desk;
    private final Providers providers;
    private final InstantSource clock;

    public CancelCall(CallDesk desk, Providers providers, InstantSource clock) {
        this.desk = desk;
        this.providers = providers;
        this.clock = clock;
    }

    public Cancelled cancel(CallKey key) {
        Instant now = clock.instant();
        Ending ending = Ending.of(new Outcome.Cancelled(), now, "caller");
        return switch (desk.change(key, now, current -> withdraw(current, ending))) {
            case Decided(Cancelled answer) -> answer;
            case Live(ActiveCall call) -> hangUp(call);
        };
    }

    private static Change<Step> withdraw(Optional<Call> current, Ending ending) {
        return switch (current.orElse(null)) {
            case null -> Change.none(new Decided(new NoSuchCall()));
            case EndedCall ended -> Change.none(new Decided(new AlreadyOver(ended)));
            case QueuedCall queued -> EndCall.waiting(queued, ending, new Decided(new Withdrawn()));
            case UnboundCall unbound -> Change.none(new Decided(new BeingDialed()));
            case ActiveCall active -> Change.none(new Live(active));
        };
    }

    private Cancelled hangUp(ActiveCall call) {
        StopResult stopped =
                providers
                        .named(call.accepted().provider())
                        .map(provider -> provider.stop(call.execution()))
                        .orElseGet(() -> new StopResult.Impossible("Provider not configured"));
        return switch (stopped) {
            case StopResult.Stopped() -> endStopped(call);
            case StopResult.HangingUp() -> new HangUpAsked();
            case StopResult.Impossible(String why) -> new CannotHangUp(why);
            case StopResult.Unknown unknown -> new HangUpAsked();
        };
    }

    private Cancelled endStopped(ActiveCall call) {
        Instant now = clock.instant();
        Ending ending = Ending.of(new Outcome.Cancelled(), now, "caller");
        return desk.change(
                call.key(),
                now,
                current ->
                        current.orElse(null) instanceof LiveCall live
                                        && live.slot().equals(call.slot())
                                ? EndCall.live(live, ending, new Withdrawn())
                                : Change.none(new HangUpAsked()));
    }

    /// What became of the wish.
    public sealed interface Cancelled {}

    /// Nobody is or will be called.
    public record Withdrawn() implements Cancelled {}

    /// The provider was asked to hang up; its report says how the call ended.
    public record HangUpAsked() implements Cancelled {}

    /// This provider cannot end the call any more.
    public record CannotHangUp(String why) implements Cancelled {}

    /// It is being dialed in this moment, or its dial's answer was lost: there is no execution to end
    /// yet.
    public record BeingDialed() implements Cancelled {}

    public record AlreadyOver(EndedCall call) implements Cancelled {}

    public record NoSuchCall() implements Cancelled {}

    private sealed interface Step {}

    private record Decided(Cancelled answer) implements Step {}

    private record Live(ActiveCall call) implements Step {}
}
