package linekeeper.domain;

/// A customer: the owner of calls, slots and keys, and the first column of every table (I2).
public record AccountId(String value) {
    /// The account that always exists and that keyless loopback requests act for.
    public static final AccountId DEFAULT = new AccountId("default");

    public AccountId {
        Text.token("account_id", value, 64);
    }

    @Override
    public String toString() {
        return value;
    }
}
