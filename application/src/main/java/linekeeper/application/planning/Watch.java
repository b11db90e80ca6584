package linekeeper.application.planning;

import linekeeper.application.AcceptCall.Accepted;
import linekeeper.application.CallEngine;
import linekeeper.application.port.CallObserver;

import java.time.Instant;

/// Looks on while a plan is carried out.
public interface Watch {
    Watch NONE = new Watch() {};

    /// A call was asked for.
    default void accepted(Accepted answer, Instant now, CallEngine engine) {}

    /// A limit is another, and what it sets free was given out.
    default void limitChanged(Instant now, CallEngine engine) {}

    /// Sees what the figures are made of, too.
    default CallObserver over(CallObserver figures) {
        return figures;
    }
}
