package linekeeper.bootstrap.endtoend;

import linekeeper.telephony.bolna.fake.FakeExecution;
import linekeeper.telephony.bolna.fake.FakeLedger;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A call has a slot exactly while it is reserved or live and waits exactly while it is queued, at every
/// moment; and who talks at the provider's has a slot (B1, D3).
final class SlotAudit {
    /// One statement, so one moment.
    private static final String ASTRAY =
            """
            SELECT coalesce(c.account_id, s.account_id, q.account_id, e.account_id) || ' '
                       || coalesce(c.call_id, s.call_id, q.call_id, e.call_id),
                   'is ' || coalesce(e.outcome, s.status, 'under way')
                       || CASE WHEN s.call_id IS NULL THEN ' without' ELSE ' with' END || ' a slot'
                       || CASE WHEN q.call_id IS NULL THEN '' ELSE ' and waits' END
            FROM calls c
            FULL JOIN active_calls s ON s.account_id = c.account_id AND s.call_id = c.call_id
            FULL JOIN call_queue q ON q.account_id = c.account_id AND q.call_id = c.call_id
            FULL JOIN call_ends e ON e.account_id = c.account_id AND e.call_id = c.call_id
            WHERE c.call_id IS NULL
               OR num_nonnulls(s.call_id, q.call_id) <> num_nulls(e.outcome)
            """;

    private static final String SLOTS = "SELECT account_id || ' ' || call_id FROM active_calls";

    private SlotAudit() {}

    static List<Broken> of(Tables tables, FakeLedger provider) throws SQLException {
        Set<FakeExecution> liveThroughout = new HashSet<>(provider.live());
        Set<String> slots =
                tables.rows(SLOTS).stream().map(List::getFirst).collect(Collectors.toSet());
        liveThroughout.retainAll(provider.live());
        return Stream.concat(
                        tables.rows(ASTRAY).stream().map(row -> new Broken(row.get(0), row.get(1))),
                        liveThroughout.stream()
                                .map(one -> one.accountId() + " " + one.callId())
                                .filter(call -> !slots.contains(call))
                                .map(call -> new Broken(call, "is live without a slot")))
                .toList();
    }
}
