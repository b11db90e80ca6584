package linekeeper.domain;

/// One reservation of a slot. A call that is put back and reserved again gets a new one, so whoever
/// still holds the old one can neither dial nor release. Given out in ascending order, from 1.
public record LeaseToken(long value) {
    public LeaseToken {
        if (value < 1) {
            throw new IllegalArgumentException("lease tokens start at 1");
        }
    }
}
