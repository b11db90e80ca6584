package linekeeper.persistence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What every commit leaves true, whoever else is at work: each is a statement that counts the
/// exceptions, in one snapshot (A4, A5, B1, D3, E1, H4).
final class Promises {
    private static final String RECORDS =
            """
            (SELECT account_id, call_id, e.outcome, e.execution_id, e.last_event, false AS archived
               FROM calls LEFT JOIN call_ends e USING (account_id, call_id)
             UNION ALL
             SELECT account_id, call_id, outcome, execution_id, last_event, true
               FROM archived_calls)
            """;

    private static final String WAITS_OR_LIVES_OR_IS_OVER =
            """
            SELECT count(*) AS n
            FROM %s r
            FULL JOIN call_queue q ON q.account_id = r.account_id AND q.call_id = r.call_id
            FULL JOIN active_calls s ON s.account_id = COALESCE(r.account_id, q.account_id)
                                    AND s.call_id = COALESCE(r.call_id, q.call_id)
            WHERE r.call_id IS NULL
               OR num_nonnulls(q.call_id, s.call_id, r.outcome) <> 1
            """
                    .formatted(RECORDS);

    private static final String IS_RECORDED_ONCE =
            """
            SELECT count(*) AS n
            FROM (SELECT FROM %s r GROUP BY account_id, call_id HAVING count(*) > 1) twice
            """
                    .formatted(RECORDS);

    private static final String AN_END_IS_A_RECORDS =
            """
            SELECT count(*) AS n
            FROM call_ends e
            WHERE NOT EXISTS (SELECT FROM calls c
                              WHERE c.account_id = e.account_id AND c.call_id = e.call_id
                                AND c.created_at = e.created_at)
            """;

    private static final String LINES_ARE_NUMBERED_WITHOUT_GAPS =
            """
            SELECT count(*) AS n
            FROM %s r
            LEFT JOIN (SELECT account_id, call_id, count(*) AS lines, max(sequence) AS last
                         FROM call_timeline GROUP BY account_id, call_id) e USING (account_id, call_id)
            LEFT JOIN active_calls s USING (account_id, call_id)
            WHERE e.lines IS NULL OR e.lines <> e.last
               OR e.last <> COALESCE(s.last_event, CASE WHEN r.outcome IS NOT NULL
                                                        THEN r.last_event END, e.last)
            """
                    .formatted(RECORDS);

    private static final String AN_END_IS_TOLD_ONCE =
            """
            SELECT count(*) AS n
            FROM %s r
            LEFT JOIN (SELECT account_id, call_id, count(*) AS ends
                         FROM notices WHERE type = 'call.ended' GROUP BY account_id, call_id) e
                USING (account_id, call_id)
            WHERE COALESCE(e.ends, 0) <> CASE WHEN r.outcome IS NULL THEN 0 ELSE 1 END
            """
                    .formatted(RECORDS);

    /// A job is to be done still, or it is in the lead.
    private static final String A_DIALED_CALL_COUNTS_ONCE =
            """
            SELECT count(*) AS n
            FROM (SELECT account_id, count(*) AS dialed FROM %s r
                   WHERE outcome IS NOT NULL AND execution_id IS NOT NULL GROUP BY 1) d
            FULL JOIN (SELECT account_id, sum(calls) AS counted
                         FROM (SELECT account_id, calls FROM leads
                               UNION ALL SELECT account_id, 1 FROM jobs) c GROUP BY 1) l
                USING (account_id)
            WHERE dialed IS DISTINCT FROM counted
            """
                    .formatted(RECORDS);

    /// An archived one has its execution in its record, and nothing else says whose that is.
    private static final String AN_EXECUTION_IS_KNOWN_TO_BE_ITS_CALLS =
            """
            SELECT count(*) AS n
            FROM executions x
            FULL JOIN (SELECT account_id, call_id, provider, execution_id FROM active_calls
                       UNION ALL
                       SELECT account_id, call_id, provider, execution_id FROM call_ends) c
                ON c.account_id = x.account_id AND c.call_id = x.call_id
                AND c.provider = x.provider AND c.execution_id = x.execution_id
            WHERE x.call_id IS NULL AND c.execution_id IS NOT NULL
               OR c.call_id IS NULL
            """;

    private static final String A_LEASE_IS_ONE_SLOTS =
            "SELECT count(*) - count(DISTINCT lease) AS n FROM active_calls";

    private static final Map<String, String> ALL = new LinkedHashMap<>();

    static {
        ALL.put("a call waits or lives or is over", WAITS_OR_LIVES_OR_IS_OVER);
        ALL.put("a call is recorded once", IS_RECORDED_ONCE);
        ALL.put("an end is a record's", AN_END_IS_A_RECORDS);
        ALL.put("lines are numbered without gaps", LINES_ARE_NUMBERED_WITHOUT_GAPS);
        ALL.put("an end is told once", AN_END_IS_TOLD_ONCE);
        ALL.put("a dialed call counts once", A_DIALED_CALL_COUNTS_ONCE);
        ALL.put("an execution is known to be its call's", AN_EXECUTION_IS_KNOWN_TO_BE_ITS_CALLS);
        ALL.put("a lease is one slot's", A_LEASE_IS_ONE_SLOTS);
    }

    static final int COUNT = ALL.size();

    private Promises() {}

    /// Those that are broken just now, and how often.
    static List<String> broken(Database database) {
        List<String> broken = new ArrayList<>();
        ALL.forEach(
                (promise, exceptions) -> {
                    long many =
                            database.queryOne(Sql.of(exceptions), row -> row.number("n"))
                                    .orElseThrow();
                    if (many > 0) {
                        broken.add(promise + ": not so " + many + " times");
                    }
                });
        return broken;
    }
}
