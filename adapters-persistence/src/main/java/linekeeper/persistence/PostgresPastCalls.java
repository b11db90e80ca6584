package linekeeper.persistence;

import linekeeper.application.port.PastCalls;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.persistence.PastCallSql.Offered;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Calls out of files. The imports of an account take turns; a record whose id a call of the service
/// took in between looks again, once.
final class PostgresPastCalls implements PastCalls {
    private static final String NATIVE = "";
    private static final int IMPORTS = 0x696d706f;
    private static final String REMOVE =
            """
            WITH doomed AS MATERIALIZED (
                SELECT account_id, call_id FROM imported_calls
                WHERE account_id = :account AND import_id = :import
                ORDER BY call_id LIMIT CAST(:most AS int) FOR UPDATE
            ), event AS (
                DELETE FROM call_events e USING doomed d
                WHERE e.account_id = d.account_id AND e.call_id = d.call_id
            ), ended AS (
                DELETE FROM call_ends e USING doomed d
                WHERE e.account_id = d.account_id AND e.call_id = d.call_id
                RETURNING e.account_id, e.call_id, e.execution_id, e.provider
            ), execution AS (
                DELETE FROM executions x USING ended e
                WHERE x.account_id = e.account_id AND x.execution_id = e.execution_id
                  AND x.provider = e.provider
            ), call AS (
                DELETE FROM calls c USING ended e
                WHERE c.account_id = e.account_id AND c.call_id = e.call_id
            ), id AS (
                DELETE FROM archived_ids a USING doomed d
                WHERE a.account_id = d.account_id AND a.call_id = d.call_id
                RETURNING a.account_id, a.call_id, a.created_at
            ), archived AS (
                DELETE FROM archived_calls c USING id a
                WHERE c.account_id = a.account_id AND c.call_id = a.call_id
                  AND c.created_at = a.created_at
            )
            DELETE FROM imported_calls i USING doomed d
            WHERE i.account_id = d.account_id AND i.call_id = d.call_id
            """;

    private final Database database;

    PostgresPastCalls(Database database) {
        this.database = database;
    }

    @Override
    public List<Added> add(String importId, List<PastCall> calls, Instant now) {
        if (calls.isEmpty()) {
            return List.of();
        }
        return database.inTransaction(
                () -> {
                    waitForOtherImports(database, calls.getFirst().call().key().account());
                    return new Batch(importId, calls, now).add();
                });
    }

    /// Two imports that met the records of one id in different order would both give it away. Nobody
    /// but imports and the archive of the same account waits here.
    static void waitForOtherImports(Database database, AccountId account) {
        Sql lock =
                Sql.of(
                                """
                                SELECT pg_advisory_xact_lock(
                                           CAST(:imports AS int), hashtext(:account)) IS NULL AS locked
                                """)
                        .with("imports", IMPORTS)
                        .with("account", account.value());
        database.query(lock, row -> true);
    }

    @Override
    public int remove(AccountId account, String importId, int most) {
        Sql remove =
                Sql.of(REMOVE)
                        .with("account", account.value())
                        .with("import", importId)
                        .with("most", most);
        return database.inTransaction(
                () -> {
                    waitForOtherImports(database, account);
                    return Math.toIntExact(database.update(remove));
                });
    }

    private final class Batch {
        private final String importId;
        private final List<PastCall> calls;
        private final Instant now;
        private final @Nullable Added[] answers;

        Batch(String importId, List<PastCall> calls, Instant now) {
            this.importId = importId;
            this.calls = calls;
            this.now = now;
            this.answers = new Added[calls.size()];
        }

        List<Added> add() {
            round();
            round();
            List<Added> all = new ArrayList<>();
            for (Added answer : answers) {
                all.add(answer == null ? Added.EXECUTION_TAKEN : answer);
            }
            return all;
        }

        private void round() {
            Map<CallId, String> taken = taken();
            Map<Integer, Offered> offered = new LinkedHashMap<>();
            for (int i = 0; i < answers.length; i++) {
                if (answers[i] == null) {
                    decide(i, taken, offered);
                }
            }
            if (offered.isEmpty()) {
                return;
            }
            Set<CallId> added =
                    PastCallSql.insert(database, List.copyOf(offered.values()), importId, now);
            offered.forEach(
                    (place, one) -> answers[place] = added.contains(one.id()) ? Added.ADDED : null);
        }

        /// Whose content has each id that a record might get.
        private Map<CallId, String> taken() {
            List<CallId> ids = new ArrayList<>();
            for (int i = 0; i < answers.length; i++) {
                if (answers[i] == null) {
                    ids.add(calls.get(i).call().key().call());
                    ids.add(calls.get(i).distinctId());
                }
            }
            if (ids.isEmpty()) {
                return Map.of();
            }
            Sql find =
                    Sql.of(
                                    """
                                    SELECT c.call_id, COALESCE(i.fingerprint, '') AS fingerprint
                                    FROM unnest(CAST(:ids AS text[])) AS w (call_id)
                                    CROSS JOIN LATERAL (
                                        SELECT call_id FROM calls
                                        WHERE account_id = :account AND call_id = w.call_id
                                        UNION ALL
                                        SELECT call_id FROM archived_ids
                                        WHERE account_id = :account AND call_id = w.call_id) c
                                    LEFT JOIN imported_calls i
                                      ON i.account_id = :account AND i.call_id = c.call_id
                                    """)
                            .with("account", calls.getFirst().call().key().account().value())
                            .column("ids", ids, id -> id);
            Map<CallId, String> taken = new HashMap<>();
            database.query(
                    find,
                    row -> taken.put(new CallId(row.text("call_id")), row.text("fingerprint")));
            return taken;
        }

        private void decide(int place, Map<CallId, String> taken, Map<Integer, Offered> offered) {
            PastCall past = calls.get(place);
            CallId plain = past.call().key().call();
            CallId distinct = past.distinctId();
            String holder = taken.get(plain);
            if (past.fingerprint().equals(holder)
                    || (!past.named() && taken.containsKey(distinct))) {
                answers[place] = Added.KNOWN;
            } else if (past.named() && holder != null) {
                answers[place] = holder.equals(NATIVE) ? Added.KNOWN : Added.ID_TAKEN;
            } else {
                CallId id = holder == null ? plain : distinct;
                taken.put(id, past.fingerprint());
                offered.put(place, new Offered(past, id));
            }
        }
    }
}
