package linekeeper.persistence;

import linekeeper.application.port.Job;
import linekeeper.application.port.Jobs;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.call.EndedCall;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The follow-up work. A job's attempts are its fence: whoever was overtaken changes nothing.
final class PostgresJobs implements Jobs {
    private static final int LONGEST_ERROR = 1_000;
    private static final String TAKE =
            """
            WITH due AS MATERIALIZED (
                SELECT account_id, job_id FROM jobs
                WHERE kind = :kind AND status = 'pending' AND due_at <= :now
                ORDER BY due_at LIMIT CAST(:most AS int)
                FOR UPDATE SKIP LOCKED
            )
            UPDATE jobs j SET attempts = j.attempts + 1, due_at = :again
            FROM due d
            WHERE j.account_id = d.account_id AND j.job_id = d.job_id
            RETURNING j.*
            """;
    private static final String LEAVE =
            """
            INSERT INTO jobs (account_id, kind, call_id, due_at, created_at)
            SELECT account_id, 'lead', call_id, ended_at, ended_at
            FROM unnest(CAST(:accounts AS text[]), CAST(:calls AS text[]),
                        CAST(:ended AS timestamptz[]))
                AS n (account_id, call_id, ended_at)
            """;
    private static final String OURS =
            """
            WHERE account_id = :account AND job_id = :job AND attempts = :attempts
              AND status = 'pending'
            """;

    private final Database database;

    PostgresJobs(Database database) {
        this.database = database;
    }

    /// One for the lead of each, due at once.
    static void leave(Database database, List<EndedCall> calls) {
        database.update(
                Sql.of(LEAVE)
                        .column("accounts", calls, call -> call.key().account())
                        .column("calls", calls, call -> call.key().call())
                        .column("ended", calls, call -> call.span().endedAt()));
    }

    @Override
    public List<Job> take(Job.Kind kind, Instant now, Instant again, int most) {
        Sql take =
                Sql.of(TAKE)
                        .with("kind", kind.wireName())
                        .with("now", now)
                        .with("again", again)
                        .with("most", most);
        return database.query(take, PostgresJobs::job);
    }

    @Override
    public boolean putBack(Job job, Instant dueAt, String error) {
        Sql update = Sql.of("UPDATE jobs SET due_at = :due, last_error = :error " + OURS);
        return database.update(ours(update, job).with("due", dueAt).with("error", cut(error))) == 1;
    }

    @Override
    public boolean bury(Job job, String error) {
        Sql update = Sql.of("UPDATE jobs SET status = 'dead', last_error = :error " + OURS);
        return database.update(ours(update, job).with("error", cut(error))) == 1;
    }

    private static Sql ours(Sql sql, Job job) {
        return sql.with("account", job.account().value())
                .with("job", job.number())
                .with("attempts", job.attempts());
    }

    private static String cut(String error) {
        return error.substring(0, Math.min(error.length(), LONGEST_ERROR));
    }

    @Override
    public List<Job> list(AccountId account, Job.@Nullable Status status, long after, int most) {
        String which = status == null ? "" : " AND status = :status";
        Sql list =
                Sql.of(
                                "SELECT * FROM jobs WHERE account_id = :account AND job_id > :after"
                                        + which
                                        + " ORDER BY job_id LIMIT CAST(:most AS int)")
                        .with("account", account.value())
                        .with("after", after)
                        .with("most", most);
        return database.query(
                status == null ? list : list.with("status", status.wireName()), PostgresJobs::job);
    }

    @Override
    public Optional<Job> retry(AccountId account, long number, Instant now) {
        Sql retry =
                Sql.of(
                                """
                                UPDATE jobs SET status = 'pending', attempts = 0, due_at = :now
                                WHERE account_id = :account AND job_id = :job AND status = 'dead'
                                RETURNING *
                                """)
                        .with("account", account.value())
                        .with("job", number)
                        .with("now", now);
        return database.queryOne(retry, PostgresJobs::job);
    }

    private static Job job(Row row) {
        return new Job(
                new AccountId(row.text("account_id")),
                row.number("job_id"),
                word(Job.Kind.values(), Job.Kind::wireName, row.text("kind")),
                new CallId(row.text("call_id")),
                word(Job.Status.values(), Job.Status::wireName, row.text("status")),
                row.integer("attempts"),
                row.instant("due_at"),
                row.textOrNull("last_error"),
                row.instant("created_at"));
    }

    private static <T> T word(T[] all, Function<T, String> name, String word) {
        return Arrays.stream(all)
                .filter(one -> name.apply(one).equals(word))
                .findFirst()
                .orElseThrow();
    }
}
