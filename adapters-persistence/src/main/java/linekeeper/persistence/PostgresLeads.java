package linekeeper.persistence;

import linekeeper.application.port.Job;
import linekeeper.application.port.Leads;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.person.Lead;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The leads, as jobs make them. Those of calls whose end could merge them itself are written there.
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
                    LeadMerge leads = new LeadMerge();
                    made.stream()
                            .filter(one -> uncounted.remove(JobKey.of(one.job())))
                            .forEach(one -> leads.add(one.job().account(), one.lead()));
                    if (leads.size() > 0) {
                        database.update(leads.bind(Sql.of(LeadMerge.TEXT)));
                    }
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
}
