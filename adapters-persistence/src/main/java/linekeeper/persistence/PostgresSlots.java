package linekeeper.persistence;

import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Slots;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallKey;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.LiveCall;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The slots: one row of `active_calls` each.
final class PostgresSlots implements Slots {
    private final Database database;
    private final Claims claims;
    private final LiveCalls live;

    PostgresSlots(Database database, Claims claims, LiveCalls live) {
        this.database = database;
        this.claims = claims;
        this.live = live;
    }

    @Override
    public Claim claim(ClaimScope scope, ClaimTerms terms) {
        Claims.Round round =
                database.inTransaction(() -> claims.claim(accounts(scope, terms.clock()), terms));
        live.learn(round.given().claimed());
        claims.learn(round.given());
        return round.claim();
    }

    /// Who could be given a slot. A call that comes in a moment later is claimed for by whoever takes it
    /// in.
    private List<String> accounts(ClaimScope scope, InstantSource clock) {
        return switch (scope) {
            case EveryAccount() -> claims.waiting(clock.instant());
            case Accounts named ->
                    claims.waitingAmong(named.ids().stream().map(AccountId::value).toList());
        };
    }

    @Override
    public List<LiveCall> held(AccountId account, int most) {
        Sql held =
                Sql.of(
                                CallSelects.ANY
                                        + """
                                        WHERE c.account_id = :account AND s.lease IS NOT NULL
                                        ORDER BY s.reserved_at, s.lease LIMIT :most
                                        """)
                        .with("account", account.value())
                        .with("most", most);
        return database.query(held, row -> (LiveCall) CallRows.call(row));
    }

    @Override
    public List<LiveCall> takeUnsettled(Overdue overdue, Instant again, int most) {
        Sql take =
                claims.marks()
                        .bindOldest(
                                Sql.of(
                                        """
                                        WITH due AS MATERIALIZED (
                                            SELECT account_id, call_id FROM active_calls
                                            WHERE lease >= CAST(:oldest_slot AS bigint)
                                              AND (check_after IS NULL OR check_after <= :now)
                                              AND (CASE WHEN execution_id IS NULL
                                                            THEN reserved_at <= :grace
                                                        WHEN progress = 'disconnected'
                                                            THEN seen_at <= :grace
                                                        ELSE seen_at <= :stale END
                                                   OR (execution_id IS NOT NULL AND NOT cancel_answered
                                                       AND cancel_asked_at <= :wished))
                                            ORDER BY reserved_at LIMIT :most
                                            FOR UPDATE SKIP LOCKED)
                                        UPDATE active_calls s SET check_after = :again
                                        FROM due d
                                        WHERE s.account_id = d.account_id AND s.call_id = d.call_id
                                        RETURNING s.account_id, s.call_id
                                        """))
                        .with("now", overdue.now())
                        .with("grace", overdue.graceSince())
                        .with("stale", overdue.staleSince())
                        .with("wished", overdue.wishedSince())
                        .with("again", again)
                        .with("most", most);
        return database.inTransaction(
                () -> {
                    List<CallKey> keys = database.query(take, CallRows::key);
                    if (keys.isEmpty()) {
                        return List.of();
                    }
                    Sql calls =
                            Keys.bind(
                                    Sql.of(
                                            CallSelects.ANY
                                                    + Keys.WHERE
                                                    + " AND s.lease IS NOT NULL"
                                                    + " ORDER BY s.reserved_at, s.lease"),
                                    keys);
                    return database.query(calls, row -> (LiveCall) CallRows.call(row));
                });
    }

    @Override
    public Map<CallKey, Instant> putOff(AccountId account) {
        Sql putOff =
                Sql.of(
                                """
                                SELECT account_id, call_id, check_after FROM active_calls
                                WHERE account_id = :account AND check_after IS NOT NULL
                                """)
                        .with("account", account.value());
        Map<CallKey, Instant> until = new HashMap<>();
        database.query(
                putOff, row -> until.put(CallRows.key(row), row.instant("check_after")) == null);
        return until;
    }

    @Override
    public boolean anyUnbound(ProviderName provider) {
        Sql any =
                Sql.of(
                                """
                                SELECT EXISTS (SELECT FROM active_calls
                                               WHERE execution_id IS NULL AND provider = :provider)
                                       AS found
                                """)
                        .with("provider", provider.value());
        return database.queryOne(any, row -> row.flag("found")).orElseThrow();
    }

    @Override
    public Map<ProviderName, ProviderUse> uses() {
        return claims.shared().uses();
    }

    @Override
    public int countUnbound(ProviderName provider, PhoneNumber to) {
        Sql count =
                Sql.of(
                                """
                                SELECT count(*) AS found
                                FROM active_calls s
                                JOIN calls c ON c.account_id = s.account_id AND c.call_id = s.call_id
                                WHERE s.execution_id IS NULL AND s.provider = :provider
                                  AND c.phone_number = :to
                                """)
                        .with("provider", provider.value())
                        .with("to", to.value());
        return database.queryOne(count, row -> (int) row.number("found")).orElseThrow();
    }
}
