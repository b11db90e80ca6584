package linekeeper.application.simulation.faults;

/// What must hold, whatever fails and in whatever order (design, 7).
public enum Invariant {
    LIMIT("no slot is given beyond a limit of system, account, campaign or provider"),
    PACE("no provider is given calls faster than its pace"),
    SLOT("a live call has exactly one slot, and nothing else has one"),
    DIALED_ONCE("no attempt is dialed twice"),
    FORWARD("a call's status never goes backward within an attempt, and an end is for ever"),
    SAME_IDS("a call's id, content and execution never change"),
    ONE_END("an ended call has one end in its timeline and one notice of it, any other none"),
    DIRECT_FIRST("no campaign call gets a slot that a direct call of its account could have had"),
    KEPT("a call that was accepted is there, and asked for again is the same call"),
    TRUTH("a call is bound and ended as its provider says, and as nobody else does"),
    TOLD("a notice counts as delivered only if the backend took it"),
    IN_ORDER("a backend first hears of a call's notices in their order"),
    COUNTED_ONCE("every call that was dialed counts once in its number's lead"),
    ENDS("once faults stop, every call ends, every slot is free and every backend is told"),
    NO_BUG("nothing fails but what is made to fail");

    private final String promise;

    Invariant(String promise) {
        this.promise = promise;
    }

    /// In words.
    public String promise() {
        return promise;
    }
}
