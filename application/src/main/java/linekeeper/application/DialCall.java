package linekeeper.application;

import linekeeper.application.port.CallObserver;
import linekeeper.application.port.DialOrder;
import linekeeper.application.port.DialResult;
import linekeeper.application.port.Providers;
import linekeeper.application.port.StoreUnavailable;
import linekeeper.domain.call.Line;
import linekeeper.domain.call.ReservedCall;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;

/// Dials a reserved call: once, and not at all if its time is over or it was cancelled here. The slot and the call are durable
/// before this begins, and no transaction is open while the provider is asked.
///
/// If the process dies before the provider is asked, or between its answer and the bind, the slot
/// stays without an execution id until a webhook or the [Reconcile]r settles it. Thread-safe.
public final class DialCall {
    private static final Logger LOG = System.getLogger(DialCall.class.getName());

    private final Providers providers;
    private final SettleDial settleDial;
    private final UnsettledDials unsettled;
    private final Breakers breakers;
    private final UnwantedDials unwanted;
    private final CallObserver observer;
    private final DialRules rules;
    private final InstantSource clock;

    DialCall(
            Providers providers,
            SettleDial settleDial,
            UnsettledDials unsettled,
            Breakers breakers,
            UnwantedDials unwanted,
            CallObserver observer,
            DialRules rules,
            InstantSource clock) {
        this.providers = providers;
        this.settleDial = settleDial;
        this.unsettled = unsettled;
        this.breakers = breakers;
        this.unwanted = unwanted;
        this.observer = observer;
        this.rules = rules;
        this.clock = clock;
    }

    /// Returns once the provider has answered and that is durable; if the store is down, it is made
    /// durable later (B2) and the live call goes on.
    public Dialed dial(ReservedCall call) {
        Instant now = clock.instant();
        if (unwanted.take(call.slot().lease())) {
            return settle(call, new Verdict.Unwanted());
        }
        if (call.accepted().request().timing().expired(now)) {
            return settle(call, new Verdict.TooLate());
        }
        if (call.heldFor(now).compareTo(rules.dialWithin()) > 0) {
            return settle(call, new Verdict.Stale());
        }
        if (call.accepted().line().equals(Line.NONE)) {
            return settle(call, new Verdict.Answered(new DialResult.NotSent("agent was changed")));
        }
        observer.dialing(call, now);
        DialResult result = ask(call);
        observer.dialed(call, result);
        breakers.dialed(call.accepted().provider(), result, clock.instant());
        return settle(call, new Verdict.Answered(result));
    }

    private DialResult ask(ReservedCall call) {
        try {
            return providers
                    .named(call.accepted().provider())
                    .map(provider -> provider.dial(DialOrder.of(call)))
                    .orElseGet(() -> new DialResult.NotSent("provider is not configured here"));
        } catch (RuntimeException e) {
            // A bug in the adapter says nothing about whether the telephone rings.
            LOG.log(Level.ERROR, () -> "dial of " + call.key() + " broke", e);
            return new DialResult.Unknown("internal error");
        }
    }

    private Dialed settle(ReservedCall call, Verdict verdict) {
        try {
            return settleDial.settle(call, verdict);
        } catch (StoreUnavailable e) {
            // Thousands may follow the first, for the same reason.
            Level level = unsettled.add(call, verdict) ? Level.WARNING : Level.DEBUG;
            LOG.log(level, () -> "dial of " + call.key() + " settled later", e);
            return Dialed.pending(verdict);
        }
    }
}
