package linekeeper.application;

import linekeeper.application.EndCall.Ending;
import linekeeper.application.port.Change;
import linekeeper.application.port.Providers;
import linekeeper.application.port.StopResult;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.TimelineEvent;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// Asks a provider to end a call that somebody wants to end (H5), and stores what it answers. No answer:
/// the wish stays open, and the [Reconcile]r asks again; the provider may be asked twice. Thread-safe.
final class HangUp {
    private static final Logger LOG = System.getLogger(HangUp.class.getName());

    private final Providers providers;
    private final InstantSource clock;

    HangUp(Providers providers, InstantSource clock) {
        this.providers = providers;
        this.clock = clock;
    }

    /// Blocks for as long as the provider takes.
    StopResult ask(CallDesk desk, ActiveCall call) {
        StopResult result = stop(call);
        switch (result) {
            case StopResult.Stopped() -> end(desk, call);
            case StopResult.HangingUp() -> answered(desk, call, "hanging_up", Map.of());
            case StopResult.Impossible(String why) ->
                    answered(desk, call, "cancel_impossible", Map.of("reason", why));
            case StopResult.Unknown(String cause) ->
                    LOG.log(Level.WARNING, () -> call.key() + " is perhaps hung up: " + cause);
        }
        return result;
    }

    private StopResult stop(ActiveCall call) {
        return providers
                .named(call.accepted().provider())
                .map(provider -> provider.stop(call.execution()))
                .orElseGet(() -> new StopResult.Unknown("provider is not configured here"));
    }

    private void end(CallDesk desk, ActiveCall call) {
        Instant now = clock.instant();
        Ending ending = Ending.of(new Outcome.Cancelled(), now, "caller");
        desk.change(
                call.key(),
                now,
                current ->
                        same(current, call)
                                .map(live -> EndCall.live(live, ending, true))
                                .orElseGet(() -> Change.none(false)));
    }

    private void answered(CallDesk desk, ActiveCall call, String event, Map<String, String> why) {
        Instant now = clock.instant();
        TimelineEvent line = TimelineEvent.of(now, event, why);
        desk.change(
                call.key(),
                now,
                current ->
                        same(current, call)
                                .filter(live -> live.slot().hangUpPending())
                                .map(live -> Change.to(live.cancelAnswered(), line, true))
                                .orElseGet(() -> Change.none(false)));
    }

    private static Optional<LiveCall> same(Optional<Call> current, ActiveCall asked) {
        return current.filter(LiveCall.class::isInstance)
                .map(LiveCall.class::cast)
                .filter(live -> live.slot().lease().equals(asked.slot().lease()));
    }
}
