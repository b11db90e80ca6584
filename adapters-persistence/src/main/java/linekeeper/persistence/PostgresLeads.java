package linekeeper.persistence;

import linekeeper.application.port.Job;
import linekeeper.application.port.Leads;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.person.Lead;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The leads. Those of one batch are merged here, and with what is stored by the same rule in SQL.
final class PostgresLeads implements Leads {
    private static final String FINISH =
            """
            DELETE FROM jobs j
            USING unnest(CAST(:accounts AS text[]), CAST(:jobs AS bigint[]), CAST(:attempts AS int[]))
                AS n (account_id, job_id, attempts)
            WHERE j.account_id = n.account_id AND j.job_id = n.job_id
              AND j.attempts = n.attempts AND j.status = 'pending'
            RETURNING j.account_id, j.job_id, j.attempts
            """;
    private static final String MERGE =
            """
            INSERT INTO leads AS l (account_id, phone_number, name, calls, completed, last_call_id,
                                    last_status, created_at, updated_at)
            SELECT * FROM unnest(
                CAST(:accounts AS text[]), CAST(:phones AS text[]), CAST(:names AS text[]),
                CAST(:calls AS bigint[]), CAST(:completed AS bigint[]),
                CAST(:last_calls AS text[]), CAST(:statuses AS text[]),
                CAST(:created AS timestamptz[]), CAST(:updated AS timestamptz[]))
            ON CONFLICT (account_id, phone_number) DO UPDATE SET
                calls = l.calls + excluded.calls,
                completed = l.completed + excluded.completed,
                created_at = LEAST(l.created_at, excluded.created_at),
                updated_at = GREATEST(l.updated_at, excluded.updated_at),
                name = CASE WHEN later(excluded, l) THEN COALESCE(excluded.name, l.name)
                            ELSE COALESCE(l.name, excluded.name) END,
                last_call_id = CASE WHEN later(excluded, l)
                                    THEN excluded.last_call_id ELSE l.last_call_id END,
                last_status = CASE WHEN later(excluded, l)
                                   THEN excluded.last_status ELSE l.last_status END
            """
                    .replace(
                            "later(excluded, l)",
                            "(excluded.updated_at, excluded.last_call_id)"
                                    + " > (l.updated_at, l.last_call_id)");

    private final Database database;

    PostgresLeads(Database database) {
        this.database = database;
    }

    @Override
    public int record(List<Made> made) {
        return database.inTransaction(
                () -> {
                    Set<JobKey> finished = finish(made);
                    Set<JobKey> uncounted = new HashSet<>(finished);
                    Map<LeadKey, Lead> merged = new HashMap<>();
                    made.stream()
                            .filter(one -> uncounted.remove(JobKey.of(one.job())))
                            .forEach(
                                    one ->
                                            merged.merge(
                                                    LeadKey.of(one), one.lead(), Lead::mergedWith));
                    merge(merged);
                    return finished.size();
                });
    }

    private Set<JobKey> finish(List<Made> made) {
        Sql finish =
                Sql.of(FINISH)
                        .column("accounts", made, one -> one.job().account())
                        .column("jobs", made, one -> one.job().number())
                        .column("attempts", made, one -> one.job().attempts());
        return new HashSet<>(
                database.query(
                        finish,
                        row ->
                                new JobKey(
                                        row.text("account_id"),
                                        row.number("job_id"),
                                        row.integer("attempts"))));
    }

    /// In one order on all nodes, so that two that merge the same leads wait instead of deadlocking.
    private void merge(Map<LeadKey, Lead> merged) {
        if (merged.isEmpty()) {
            return;
        }
        List<Map.Entry<LeadKey, Lead>> rows =
                merged.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
        database.update(
                Sql.of(MERGE)
                        .column("accounts", rows, row -> row.getKey().account)
                        .column("phones", rows, row -> row.getKey().phone)
                        .column("names", rows, row -> row.getValue().name())
                        .column("calls", rows, row -> row.getValue().calls())
                        .column("completed", rows, row -> row.getValue().completed())
                        .column("last_calls", rows, row -> row.getValue().lastCall())
                        .column("statuses", rows, row -> row.getValue().lastStatus().wireName())
                        .column("created", rows, row -> row.getValue().createdAt())
                        .column("updated", rows, row -> row.getValue().updatedAt()));
    }

    @Override
    public List<Lead> list(AccountId account, @Nullable Place after, int most) {
        String behind =
                after == null
                        ? ""
                        : " AND updated_at <= :at AND (updated_at < :at OR phone_number > :phone)";
        Sql list =
                Sql.of(
                                "SELECT * FROM leads WHERE account_id = :account"
                                        + behind
                                        + " ORDER BY updated_at DESC, phone_number"
                                        + " LIMIT CAST(:most AS int)")
                        .with("account", account.value())
                        .with("most", most);
        if (after != null) {
            list.with("at", after.updatedAt()).with("phone", after.phone().value());
        }
        return database.query(list, PostgresLeads::lead);
    }

    private static Lead lead(Row row) {
        return new Lead(
                new PhoneNumber(row.text("phone_number")),
                row.textOrNull("name"),
                row.number("calls"),
                row.number("completed"),
                new CallId(row.text("last_call_id")),
                CallStatus.named(row.text("last_status")).orElseThrow(),
                row.instant("created_at"),
                row.instant("updated_at"));
    }

    /// As it was taken: the same may be there twice, taken by two.
    private record JobKey(String account, long number, int attempts) {
        static JobKey of(Job job) {
            return new JobKey(job.account().value(), job.number(), job.attempts());
        }
    }

    private record LeadKey(String account, String phone) implements Comparable<LeadKey> {
        private static final Comparator<LeadKey> ORDER =
                Comparator.comparing(LeadKey::account).thenComparing(LeadKey::phone);

        static LeadKey of(Made made) {
            return new LeadKey(made.job().account().value(), made.lead().phone().value());
        }

        @Override
        public int compareTo(LeadKey other) {
            return ORDER.compare(this, other);
        }
    }
}
