package linekeeper.domain.call;

import linekeeper.domain.CallKey;

/// A call in one of its states.
///
/// ```
/// QueuedCall ── reserve ──▶ ReservedCall ── bind ────────▶ ActiveCall ── end ──▶ EndedCall
///     ▲  │                    │   │  └── unconfirmed ─▶ UnconfirmedCall ── bind, end
///     │  └── cancel, expire   │   └── end (refused)
///     ├────── requeue ────────┘
///     └────── again (the next attempt) ◀── a live call
/// ```
public sealed interface Call permits QueuedCall, LiveCall, EndedCall {
    AcceptedCall accepted();

    /// 1 for the first time the person is dialed for this call.
    int attempt();

    CallStatus status();

    default CallKey key() {
        return accepted().key();
    }
}
