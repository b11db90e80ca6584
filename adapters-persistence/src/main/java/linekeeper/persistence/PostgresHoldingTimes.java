package linekeeper.persistence;

import linekeeper.application.port.HoldingTimes;
import linekeeper.domain.AccountId;
import linekeeper.domain.queue.HoldingTime;
import linekeeper.domain.queue.Inflow;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Holding times of an account's latest 200 attempts, read at most every five seconds; and how fast its
/// calls came, of which each stretch is read once. Thread-safe.
final class PostgresHoldingTimes implements HoldingTimes {
    private static final int FRESH_SECONDS = 5;
    private static final int ATTEMPTS = 200;

    private final Database database;
    private final InstantSource clock;
    private final LearnedByAccount<HoldingTime> held =
            new LearnedByAccount<>(
                    HoldingTime.PRIOR,
                    (account, turn, known) -> HoldingTime.observed(latest(account)));
    private final LearnedByAccount<InflowReader.Seen> inflows;

    PostgresHoldingTimes(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        this.inflows =
                new LearnedByAccount<>(
                        InflowReader.Seen.NOTHING, new InflowReader(database)::until);
    }

    @Override
    public HoldingTime of(AccountId account) {
        return held.of(account, clock.instant().getEpochSecond() / FRESH_SECONDS);
    }

    @Override
    public Inflow inflow(AccountId account, Instant now) {
        return inflows.of(account, InflowReader.stretch(now)).inflow();
    }

    private List<Duration> latest(AccountId account) {
        Sql latest =
                Sql.of(
                                """
                                SELECT started_at, ended_at FROM (
                                    (SELECT started_at, ended_at FROM call_ends
                                      WHERE account_id = :account AND started_at IS NOT NULL
                                      ORDER BY ended_at DESC LIMIT :attempts)
                                    UNION ALL
                                    (SELECT started_at, ended_at FROM call_attempts
                                      WHERE account_id = :account
                                      ORDER BY ended_at DESC LIMIT :attempts)) AS held
                                ORDER BY ended_at DESC LIMIT :attempts
                                """)
                        .with("account", account.value())
                        .with("attempts", ATTEMPTS);
        return database.query(
                latest,
                row -> Duration.between(row.instant("started_at"), row.instant("ended_at")));
    }
}
