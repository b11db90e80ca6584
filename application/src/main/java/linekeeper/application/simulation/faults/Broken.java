package linekeeper.application.simulation.faults;

import linekeeper.domain.CallKey;

import org.jspecify.annotations.Nullable;

/// An invariant does not hold. An error, so that nothing takes it for a failure that it could handle.
final class Broken extends Error {
    private static final long serialVersionUID = 1L;

    private final Invariant invariant;
    private final transient @Nullable CallKey call;

    /// @param call the one concerned; null: none in particular
    Broken(Invariant invariant, @Nullable CallKey call, String what) {
        super(what);
        this.invariant = invariant;
        this.call = call;
    }

    Invariant invariant() {
        return invariant;
    }

    @Nullable CallKey call() {
        return call;
    }
}
