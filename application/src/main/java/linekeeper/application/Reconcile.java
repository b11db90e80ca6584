package linekeeper.application;

import linekeeper.application.EndCall.Ending;
import linekeeper.application.port.Change;
import linekeeper.application.port.DialOrder;
import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.Lookup;
import linekeeper.application.port.Providers;
import linekeeper.application.port.Slots;
import linekeeper.application.port.Slots.Overdue;
import linekeeper.application.port.StoreUnavailable;
import linekeeper.application.port.VoiceProvider;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.Failure;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.UnboundCall;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Settles slots that nobody hears of by asking the provider: dials whose answer was lost or whose
/// process died, and bound calls that fell silent (E3, H2); and asks again for the end of calls that were
/// cancelled (H5). Several nodes may run it. Thread-safe.
///
/// Found: bound and moved on. Provably absent: failed, or tried again, slot free. Undecidable: asked again until the
/// horizon, then failed as unconfirmed, for the person may have been called.
public final class Reconcile {
    private static final Logger LOG = System.getLogger(Reconcile.class.getName());
    private static final int MOST_AT_ONCE = 100;
    private static final int ASKED_PER_GRACE = 4;
    private static final Lookup NOBODY = new Lookup.Undecided("provider is not configured here");

    private final Slots slots;
    private final Providers providers;
    private final RecordProviderEvent events;
    private final CallDesk desk;
    private final EndCall endCall;
    private final HangUp hangUp;
    private final DialRules rules;
    private final InstantSource clock;
    private final Instant begun;

    Reconcile(
            Slots slots,
            Providers providers,
            RecordProviderEvent events,
            CallDesk desk,
            EndCall endCall,
            HangUp hangUp,
            DialRules rules,
            InstantSource clock) {
        this.slots = slots;
        this.providers = providers;
        this.events = events;
        this.desk = desk;
        this.endCall = endCall;
        this.hangUp = hangUp;
        this.rules = rules;
        this.clock = clock;
        this.begun = clock.instant();
    }

    /// Asks about every overdue slot, at most a hundred; how many it asked about.
    public int runOnce() {
        Instant now = clock.instant();
        return settle(now.minus(rules.stale()), now);
    }

    /// At start-up every bound call is asked about at once, a hundred at a time: its webhooks may have
    /// found nobody here. How many it asked about.
    public int runAtStart() {
        Instant now = clock.instant();
        int asked = 0;
        int round;
        do {
            round = settle(now, now);
            asked += round;
        } while (round == MOST_AT_ONCE);
        return asked;
    }

    private int settle(Instant staleSince, Instant now) {
        Overdue overdue =
                new Overdue(now.minus(rules.grace()), staleSince, now.minus(rules.timeout()), now);
        Duration pause = rules.grace().dividedBy(ASKED_PER_GRACE);
        List<LiveCall> unsettled = slots.takeUnsettled(overdue, now.plus(pause), MOST_AT_ONCE);
        unsettled.forEach(this::settleAlone);
        return unsettled.size();
    }

    /// One call that breaks the round must not keep the others from being settled (E1); an outage ends
    /// it, for the others would only fail alike.
    private void settleAlone(LiveCall call) {
        try {
            settle(call);
        } catch (StoreUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, () -> call.key() + " cannot be settled now", e);
        }
    }

    private void settle(LiveCall call) {
        Optional<VoiceProvider> provider = providers.named(call.accepted().provider());
        switch (call) {
            case UnboundCall unbound -> settle(unbound, ask(provider, unbound));
            case ActiveCall active -> {
                hangUpIfWished(active);
                settle(active, provider.map(p -> p.get(active.execution())).orElse(NOBODY));
            }
        }
    }

    /// The provider was not asked, or its answer was lost.
    private void hangUpIfWished(ActiveCall call) {
        if (call.slot().hangUpPending()) {
            hangUp.ask(desk, call);
        }
    }

    private Lookup ask(Optional<VoiceProvider> provider, UnboundCall call) {
        return provider.map(p -> p.find(DialOrder.of(call), clock.instant())).orElse(NOBODY);
    }

    private void settle(UnboundCall call, Lookup lookup) {
        switch (lookup) {
            case Lookup.Found(ExecutionReport report) -> events.answer(call, report);
            case Lookup.Absent() ->
                    fail(call, Failure.DIAL_NOT_PLACED, "The provider has no such call");
            case Lookup.Undecided(String cause) -> undecided(call, cause);
        }
    }

    private void undecided(UnboundCall call, String cause) {
        if (askedFor(call, clock.instant()).compareTo(rules.horizon()) >= 0) {
            fail(call, Failure.DIAL_UNCONFIRMED, "The provider could not be asked: " + cause);
        } else {
            LOG.log(Level.WARNING, () -> call.key() + " is still unknown: " + cause);
        }
    }

    /// How long the provider can have been asked. While nobody ran, nobody asked, so a long stop is no
    /// reason to give a call up at the first look-up that fails.
    private Duration askedFor(UnboundCall call, Instant now) {
        Duration running = Duration.between(begun, now);
        Duration held = call.heldFor(now);
        return running.compareTo(held) < 0 ? running : held;
    }

    private void settle(ActiveCall call, Lookup lookup) {
        switch (lookup) {
            case Lookup.Found(ExecutionReport report) -> heardOf(call, report);
            case Lookup.Absent() ->
                    fail(call, Failure.EXECUTION_LOST, "The provider no longer knows the call");
            case Lookup.Undecided(String cause) ->
                    LOG.log(Level.WARNING, () -> call.key() + " stays silent: " + cause);
        }
    }

    private void heardOf(ActiveCall call, ExecutionReport report) {
        if (events.answer(call, report) == RecordProviderEvent.Recorded.NOTHING_NEW) {
            Instant now = clock.instant();
            desk.change(
                    call.key(),
                    now,
                    current ->
                            sameState(current, call)
                                    ? new Change<>(true, call.seen(now), List.of())
                                    : Change.none(false));
        }
    }

    private void fail(LiveCall call, String code, String message) {
        Instant now = clock.instant();
        Ending ending =
                Ending.of(new Outcome.Failed(new Failure(code, message)), now, "reconciler");
        desk.change(
                call.key(),
                now,
                current ->
                        sameState(current, call)
                                ? endCall.attempt(call, ending, true)
                                : Change.none(false));
    }

    /// Whatever moved the call meanwhile knows more than the question that was asked before.
    private static boolean sameState(Optional<Call> current, LiveCall asked) {
        return current.filter(asked::equals).isPresent();
    }
}
