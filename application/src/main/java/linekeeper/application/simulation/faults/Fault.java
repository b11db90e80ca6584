package linekeeper.application.simulation.faults;

import java.util.Locale;

/// What may go wrong. Which of these do in a run, and how often, is its seed's choice.
public enum Fault {
    /// A node dies between two port calls; it starts again later and knows nothing.
    CRASH(0.02),
    /// The store answers no node for a while.
    OUTAGE(0.03),
    /// The store answers one port call with a failure that it did not carry out.
    STORE_REFUSES(0.02),
    /// The store carries a port call out, and its answer is lost.
    STORE_ANSWER_LOST(0.02),
    /// The store does not take a lead.
    LEAD_REFUSED(0.5),
    /// A decision is made twice, the first time in vain.
    DECIDED_TWICE(0.2),
    /// A port call, or the thread before it, takes far longer than usual.
    STALL(0.01),
    /// A loop is not told that it has something to do.
    WAKE_LOST(0.5),
    /// A dial certainly does not reach the provider.
    UNREACHED(0.15),
    /// A dial's request is lost on its way; the node cannot know that.
    REQUEST_LOST(0.15),
    /// A dial is carried out and its answer is lost.
    ANSWER_LOST(0.25),
    /// A dial's answer comes at the last moment.
    ANSWER_LATE(0.3),
    /// The provider refuses to dial, for now.
    BUSY_PROVIDER(0.2),
    /// The provider refuses to dial for good.
    REFUSED(0.1),
    /// The provider does not answer what it is asked about a call, or whether it ends it.
    LOOKUP_FAILS(0.4),
    /// A webhook is never sent.
    WEBHOOK_LOST(0.4),
    /// A webhook comes late, after others that were sent later.
    WEBHOOK_LATE(0.5),
    /// A webhook comes twice.
    WEBHOOK_DOUBLED(0.4),
    /// Somebody who is not the provider posts that a call is over.
    WEBHOOK_FORGED(0.5),
    /// A backend takes no results, or its answer is lost.
    RECEIVER_FAILS(0.5),
    /// A backend answers that it is gone for good.
    RECEIVER_GONE(0.05);

    private final double most;

    Fault(double most) {
        this.most = most;
    }

    /// The largest share of occasions at which it strikes.
    double most() {
        return most;
    }

    /// As on the command line.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
