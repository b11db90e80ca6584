package linekeeper.persistence;

import linekeeper.domain.CallKey;
import linekeeper.persistence.LiveCalls.Known;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/// A call that a claim gave a slot: a row of [ClaimSql#TAKE].
///
/// @param passedOver a direct call whose turn it was; null: none
record Claimed(Known known, @Nullable String passedOver) {
    private static final Logger LOG = System.getLogger(Claimed.class.getName());

    static Claimed of(Row row) {
        Known known = new Known(CallRows.reserved(row), row.number("last_event"), 0);
        return new Claimed(known, row.textOrNull("passed_over"));
    }

    CallKey key() {
        return known.call().key();
    }

    void complain() {
        LOG.log(Level.ERROR, () -> key() + " took the turn of the direct call " + passedOver);
    }
}
