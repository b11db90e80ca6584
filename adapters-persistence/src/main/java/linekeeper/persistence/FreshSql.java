package linekeeper.persistence;

import linekeeper.domain.PhoneNumber;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.AcceptedCall;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// Where new calls go, set-based.
final class FreshSql {
    /// As [ClaimSql#TAKE], for direct calls that never waited: their provider is their agent's own, so
    /// nobody stands in.
    private static final String TAKE =
            """
            WITH chosen AS MATERIALIZED (
                SELECT n.*, nextval('slot_lease') AS lease
                FROM unnest(
                    CAST(:accounts AS text[]), CAST(:calls AS text[]), CAST(:providers AS text[]),
                    CAST(:agents AS text[]), CAST(:froms AS text[]), CAST(:due AS timestamptz[]))
                    WITH ORDINALITY AS n (account_id, call_id, provider, agent_id, from_number,
                                          due_at, place)
            ), slot AS (
                INSERT INTO active_calls (account_id, call_id, lease, attempt, last_event, provider,
                                          campaign_id, reserved_at, due_at, account_limit,
                                          system_limit, reserved_event, line_agent, line_from,
                                          line_phone_number_id)
                SELECT n.account_id, n.call_id, n.lease, 1, 2, n.provider, '', :now, n.due_at,
                       COALESCE(a.concurrency_limit, CAST(:account_limit AS int)),
                       CAST(:system_limit AS int), 2, COALESCE(g.provider_agent_id, n.agent_id),
                       COALESCE(n.from_number,
                                g.from_numbers[1 + CAST(n.lease % NULLIF(
                                    cardinality(g.from_numbers), 0) AS int)]),
                       g.phone_number_id
                FROM chosen n
                JOIN accounts a ON a.account_id = n.account_id
                LEFT JOIN agents g
                    ON g.account_id = n.account_id AND g.agent_id = n.agent_id
                    AND g.provider = n.provider
                ORDER BY n.place
                RETURNING account_id, call_id, provider, lease, line_agent, line_from,
                          line_phone_number_id
            )
            SELECT account_id, call_id, lease, line_agent, line_from, line_phone_number_id
            FROM slot ORDER BY lease
            """;

    /// Shares the gate with others that do this, and keeps it from claims until the commit.
    private static final String ENQUEUE =
            """
            WITH gate AS MATERIALIZED (
                SELECT pg_advisory_xact_lock_shared(:gate) IS NULL AS passed
            )
            INSERT INTO call_queue (account_id, call_id, provider, campaign_id, priority, due_at,
                                    expires_at, created_at)
            SELECT account_id, call_id, provider, campaign_id, priority, due_at, expires_at, created_at
            FROM gate, unnest(
                CAST(:accounts AS text[]), CAST(:calls AS text[]), CAST(:providers AS text[]),
                CAST(:campaigns AS text[]), CAST(:priorities AS smallint[]),
                CAST(:due AS timestamptz[]), CAST(:expires AS timestamptz[]),
                CAST(:created AS timestamptz[]))
                WITH ORDINALITY AS n (account_id, call_id, provider, campaign_id, priority, due_at,
                                      expires_at, created_at, place)
            ORDER BY place
            """;

    private FreshSql() {}

    static Sql take(List<AcceptedCall> calls, Limits limits, Instant now) {
        return bind(Sql.of(TAKE), calls)
                .column("agents", calls, one -> one.request().routing().agent())
                .column("froms", calls, FreshSql::from)
                .with("account_limit", limits.account())
                .with("system_limit", limits.system())
                .with("now", now);
    }

    static Sql enqueue(List<AcceptedCall> calls) {
        return bind(Sql.of(ENQUEUE).with("gate", ClaimGate.GATE), calls)
                .column("campaigns", calls, CallColumns::campaign)
                .column("priorities", calls, one -> one.request().priority())
                .column("expires", calls, one -> one.request().timing().expiresAt())
                .column("created", calls, AcceptedCall::createdAt);
    }

    private static Sql bind(Sql sql, List<AcceptedCall> calls) {
        return sql.column("accounts", calls, one -> one.key().account())
                .column("calls", calls, one -> one.key().call())
                .column("providers", calls, AcceptedCall::provider)
                .column("due", calls, AcceptedCall::dueAt);
    }

    private static @Nullable Object from(AcceptedCall call) {
        PhoneNumber from = call.request().routing().from();
        return from == null ? null : from.value();
    }
}
