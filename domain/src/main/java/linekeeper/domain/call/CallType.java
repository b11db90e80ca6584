package linekeeper.domain.call;

/// What kind of call it is. Direct calls go first (D2): the order of declaration is the order of
/// service.
public enum CallType {
    /// Somebody is waiting for it now.
    DIRECT("direct", 100),
    /// One of many, belongs to a campaign.
    CAMPAIGN("campaign", 0);

    private final String wireName;
    private final int defaultPriority;

    CallType(String wireName, int defaultPriority) {
        this.wireName = wireName;
        this.defaultPriority = defaultPriority;
    }

    /// As the public API and the database spell it.
    public String wireName() {
        return wireName;
    }

    /// The priority of a call that asks for none.
    public int defaultPriority() {
        return defaultPriority;
    }
}
