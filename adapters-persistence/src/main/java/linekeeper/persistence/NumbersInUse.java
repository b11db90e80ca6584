package linekeeper.persistence;

import linekeeper.application.port.Intake.Candidate;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.queue.NumberInUse;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
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
            WHERE c.created_at > :cutoff
            ORDER BY call_id DESC
            """;

    private final Map<Telephone, CallId> inUse = new HashMap<>();

    private NumbersInUse() {}

    /// An id that is offered twice at once may be refused with one number and taken in with another.
    ///
    /// @param candidates in the order in which they came
    /// @param accounts that want no two calls to one number
    /// @param known ids that are recorded already: repetitions, never refused
    /// @return the places of the refused ones, and which call is in the way
    static Map<Integer, CallId> refused(
            Database database,
            List<Candidate> candidates,
            Set<AccountId> accounts,
            Set<CallKey> known,
            Instant now) {
        NumbersInUse numbers = new NumbersInUse();
        numbers.load(
                database,
                candidates.stream().filter(one -> accounts.contains(account(one))).toList(),
                now);
        Set<CallKey> taken = new HashSet<>(known);
        Map<Integer, CallId> refused = new HashMap<>();
        for (int place = 0; place < candidates.size(); place++) {
            Candidate candidate = candidates.get(place);
            CallKey key = candidate.request().key();
            if (accounts.contains(account(candidate)) && !taken.contains(key)) {
                CallId other = numbers.inUse.putIfAbsent(Telephone.of(candidate), key.call());
                if (other == null) {
                    taken.add(key);
                } else {
                    refused.put(place, other);
                }
            }
        }
        return refused;
    }

    private static AccountId account(Candidate candidate) {
        return candidate.request().key().account();
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
