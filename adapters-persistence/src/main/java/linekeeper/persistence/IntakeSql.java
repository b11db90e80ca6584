package linekeeper.persistence;

import linekeeper.application.port.Intake.Candidate;
import linekeeper.domain.CallKey;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.AcceptedCall;
import linekeeper.domain.call.CallRequest;
import linekeeper.persistence.FreshCalls.Fresh;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Records new calls, set-based: record, which is the first line of the timeline, and unknown campaigns; and
/// says in which of their accounts a slot seems to be free.
final class IntakeSql {
    private static final String TEXT =
            """
            WITH offered AS (
                SELECT o.*, COALESCE(g.provider, a.provider, o.default_provider) AS provider,
                       COALESCE(o.asked_attempts, m.max_attempts, 1) AS max_attempts
                FROM unnest(
                    CAST(:accounts AS text[]), CAST(:calls AS text[]), CAST(:campaigns AS text[]),
                    CAST(:drivers AS text[]), CAST(:contacts AS text[]), CAST(:agents AS text[]),
                    CAST(:default_providers AS text[]), CAST(:phones AS text[]),
                    CAST(:froms AS text[]), CAST(:names AS text[]), CAST(:priorities AS smallint[]),
                    CAST(:max_attempts AS smallint[]), CAST(:user_data AS text[]),
                    CAST(:created AS timestamptz[]), CAST(:scheduled AS timestamptz[]),
                    CAST(:expires AS timestamptz[]))
                    WITH ORDINALITY AS o (
                        account_id, call_id, campaign_id, driver_id, contact_id, agent_id,
                        default_provider, phone_number, from_number, contact_name, priority,
                        asked_attempts, user_data, created_at, scheduled_at, expires_at, place)
                JOIN accounts a ON a.account_id = o.account_id
                LEFT JOIN campaigns m
                    ON m.account_id = o.account_id AND m.campaign_id = o.campaign_id
                LEFT JOIN agents g ON g.account_id = o.account_id
                    AND g.agent_id = COALESCE(o.agent_id, m.agent_id)
            ), added AS (
                INSERT INTO calls (account_id, call_id, campaign_id, driver_id, contact_id, agent_id,
                                   provider, phone_number, from_number, contact_name, priority,
                                   max_attempts, attempts_by_campaign, user_data, created_at,
                                   scheduled_at, expires_at)
                SELECT account_id, call_id, campaign_id, driver_id, contact_id, agent_id,
                       provider, phone_number, from_number, contact_name, priority,
                       max_attempts, asked_attempts IS NULL, CAST(user_data AS json), created_at,
                       scheduled_at, expires_at
                FROM offered o
                -- A subquery, not a join: one probe of the index per call, whatever is archived.
                WHERE (SELECT true FROM archived_ids x
                       WHERE x.account_id = o.account_id AND x.call_id = o.call_id) IS NULL
                -- One order for all: of two batches with the same ids, one waits for the other.
                ORDER BY account_id, call_id
                ON CONFLICT DO NOTHING
                RETURNING account_id, call_id, provider, campaign_id, priority, max_attempts,
                          created_at, scheduled_at, expires_at
            ), campaign AS (
                INSERT INTO campaigns (account_id, campaign_id, created_at)
                SELECT account_id, campaign_id, min(created_at) FROM added
                WHERE campaign_id IS NOT NULL GROUP BY account_id, campaign_id
                ORDER BY account_id, campaign_id
                ON CONFLICT DO NOTHING
            ),
            """
                    + SlotCounts.USED
                    + """
                    SELECT n.account_id, n.call_id, n.provider, n.max_attempts,
                           COALESCE(a.concurrency_limit, CAST(:account_limit AS int)) - u.slots AS free
                    FROM added n
                    JOIN accounts a ON a.account_id = n.account_id
                    JOIN used u ON u.account_id = n.account_id
                    """;

    private IntakeSql() {}

    /// The calls that were not there before, in the order in which they were offered.
    static List<Fresh> insert(
            Database database, List<Candidate> offered, SlotMarks marks, Limits limits) {
        Set<String> accounts = new TreeSet<>();
        offered.forEach(one -> accounts.add(one.request().key().account().value()));
        Sql sql = marks.bind(Sql.of(TEXT), accounts).with("account_limit", limits.account());
        bindIds(sql, offered);
        bindContent(sql, offered);
        Map<CallKey, Row> rows = new HashMap<>();
        database.query(sql, row -> rows.put(CallRows.key(row), row) == null);
        List<Fresh> added = new ArrayList<>();
        for (Candidate one : offered) {
            Row row = rows.get(one.request().key());
            if (row != null) {
                added.add(new Fresh(accepted(one, row), row.integer("free") > 0));
            }
        }
        return added;
    }

    private static AcceptedCall accepted(Candidate one, Row row) {
        return new AcceptedCall(
                one.request(),
                new ProviderName(row.text("provider")),
                one.now(),
                row.integer("max_attempts"));
    }

    private static void bindIds(Sql sql, List<Candidate> offered) {
        sql.column("accounts", offered, one -> one.request().key().account())
                .column("calls", offered, one -> one.request().key().call())
                .column("campaigns", offered, one -> one.request().grouping().campaign())
                .column("drivers", offered, one -> one.request().grouping().driver())
                .column("contacts", offered, one -> one.request().recipient().contact())
                .column("agents", offered, one -> one.request().routing().agent())
                .column("default_providers", offered, Candidate::provider);
    }

    private static void bindContent(Sql sql, List<Candidate> offered) {
        sql.column("phones", offered, one -> one.request().recipient().phone().value())
                .column("froms", offered, one -> from(one.request()))
                .column("names", offered, one -> one.request().recipient().name())
                .column("priorities", offered, one -> one.request().priority())
                .column("max_attempts", offered, one -> one.request().maxAttempts())
                .column("user_data", offered, one -> one.request().userData().json())
                .column("created", offered, Candidate::now)
                .column("scheduled", offered, one -> one.request().timing().scheduledAt())
                .column("expires", offered, one -> one.request().timing().expiresAt());
    }

    private static @Nullable String from(CallRequest request) {
        var from = request.routing().from();
        return from == null ? null : from.value();
    }
}
