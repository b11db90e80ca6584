package linekeeper.persistence;

import linekeeper.application.port.Intake.Candidate;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.queue.NumberInUse;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which candidates are refused because another call is under way to their number (E4): in SQL what
/// [NumberInUse] says. The accounts must be locked, so that no other admission comes between.
final class NumbersInUse {
    private static final String UNDER_WAY =
            """
            WITH wanted AS MATERIALIZED (
                SELECT DISTINCT account_id, phone_number
                FROM unnest(CAST(:accounts AS text[]), CAST(:phones AS text[]))
                    AS w (account_id, phone_number)
            )
            SELECT c.account_id, c.phone_number, c.call_id
            FROM active_calls s
            JOIN calls c ON c.account_id = s.account_id AND c.call_id = s.call_id
            JOIN wanted w ON w.account_id = c.account_id AND w.phone_number = c.phone_number
            WHERE s.account_id = ANY (CAST(:accounts AS text[]))
              AND (s.execution_id IS NOT NULL OR s.unknown_since IS NOT NULL
                   OR s.reserved_at > :cutoff)
            UNION ALL
            SELECT c.account_id, c.phone_number, c.call_id
            FROM wanted w
            JOIN calls c ON c.account_id = w.account_id AND c.phone_number = w.phone_number
            JOIN call_queue q ON q.account_id = c.account_id AND q.call_id = c.call_id
            WHERE c.created_at > :cutoff AND c.outcome IS NULL
            ORDER BY call_id DESC
            """;

    private final Map<Telephone, CallId> inUse = new HashMap<>();

    private NumbersInUse() {}

    /// @param candidates of accounts that want no two calls to one number, each id once
    /// @param known those of their ids that are recorded already: repetitions, never refused
    /// @return the refused ones, and which call is in the way
    static Map<CallKey, CallId> refused(
            Database database, List<Candidate> candidates, Set<CallKey> known, Instant now) {
        NumbersInUse numbers = new NumbersInUse();
        numbers.load(database, candidates, now);
        Map<CallKey, CallId> refused = new LinkedHashMap<>();
        for (Candidate candidate : candidates) {
            CallKey key = candidate.request().key();
            if (!known.contains(key)) {
                CallId other = numbers.inUse.putIfAbsent(Telephone.of(candidate), key.call());
                if (other != null) {
                    refused.put(key, other);
                }
            }
        }
        return refused;
    }

    private void load(Database database, List<Candidate> candidates, Instant now) {
        Sql underWay =
                Sql.of(UNDER_WAY)
                        .column("accounts", candidates, one -> one.request().key().account())
                        .column("phones", candidates, one -> Telephone.of(one).phone.value())
                        .with("cutoff", now.minus(NumberInUse.PENDING));
        database.query(
                underWay,
                row ->
                        inUse.put(
                                new Telephone(
                                        new AccountId(row.text("account_id")),
                                        new PhoneNumber(row.text("phone_number"))),
                                new CallId(row.text("call_id"))));
    }

    private record Telephone(AccountId account, PhoneNumber phone) {
        static Telephone of(Candidate candidate) {
            return new Telephone(
                    candidate.request().key().account(), candidate.request().recipient().phone());
        }
    }
}
