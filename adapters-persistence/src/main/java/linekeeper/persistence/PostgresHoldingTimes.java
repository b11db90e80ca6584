package linekeeper.persistence;

import linekeeper.application.port.HoldingTimes;
import linekeeper.domain.AccountId;
import linekeeper.domain.queue.HoldingTime;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Holding times of an account's latest 200 calls, read at most every five seconds. Thread-safe.
final class PostgresHoldingTimes implements HoldingTimes {
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final int CALLS = 200;
    private static final int ACCOUNTS = 10_000;

    private final Database database;
    private final InstantSource clock;
    private final Map<AccountId, Learned> learned =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<AccountId, Learned> eldest) {
                    return size() > ACCOUNTS;
                }
            };

    PostgresHoldingTimes(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Whoever finds the time old reads it anew; the others go on with what is known, and do not wait.
    @Override
    public HoldingTime of(AccountId account) {
        Instant now = clock.instant();
        Learned known;
        synchronized (learned) {
            known = learned.get(account);
            if (known != null && known.at.plus(FRESH).isAfter(now)) {
                return known.time;
            }
            HoldingTime meanwhile = known == null ? HoldingTime.observed(List.of()) : known.time;
            learned.put(account, new Learned(meanwhile, now));
        }
        return learn(account, known, now);
    }

    private HoldingTime learn(AccountId account, @Nullable Learned known, Instant now) {
        try {
            Learned read = new Learned(HoldingTime.observed(latest(account)), now);
            remember(account, read);
            return read.time;
        } catch (RuntimeException e) {
            remember(account, known);
            throw e;
        }
    }

    private void remember(AccountId account, @Nullable Learned time) {
        synchronized (learned) {
            if (time == null) {
                learned.remove(account);
            } else {
                learned.put(account, time);
            }
        }
    }

    private List<Duration> latest(AccountId account) {
        Sql latest =
                Sql.of(
                                """
                                SELECT started_at, ended_at FROM calls
                                WHERE account_id = :account AND started_at IS NOT NULL
                                ORDER BY ended_at DESC LIMIT :calls
                                """)
                        .with("account", account.value())
                        .with("calls", CALLS);
        return database.query(
                latest,
                row -> Duration.between(row.instant("started_at"), row.instant("ended_at")));
    }

    private record Learned(HoldingTime time, Instant at) {}
}
