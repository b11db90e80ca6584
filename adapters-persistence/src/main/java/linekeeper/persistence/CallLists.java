package linekeeper.persistence;

import linekeeper.application.port.CallCursor;
import linekeeper.application.port.CallFilter;
import linekeeper.application.port.CallPage;
import linekeeper.application.port.PageRequest;
import linekeeper.domain.AccountId;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallType;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Pages of calls, newest first. Only the conditions that are asked for are in the statement, so that
/// each finds its index.
final class CallLists {
    private static final String NEWEST_FIRST =
            " ORDER BY c.created_at DESC, c.call_id LIMIT CAST(:most AS int)";

    private final Database database;

    CallLists(Database database) {
        this.database = database;
    }

    CallPage list(AccountId account, CallFilter filter, PageRequest page) {
        Sql sql = Sql.of(CallSelects.ANY + where(filter, page) + NEWEST_FIRST);
        sql.with("account", account.value()).with("most", page.limit() + 1);
        bind(sql, filter);
        CallCursor after = page.after();
        if (after != null) {
            sql.with("after_created", after.createdAt()).with("after_call", after.call().value());
        }
        return page(database.query(sql, CallRows::call), page.limit());
    }

    private static String where(CallFilter filter, PageRequest page) {
        StringBuilder where =
                new StringBuilder("WHERE c.account_id = :account AND c.deleted_at IS NULL");
        if (filter.status() != null) {
            where.append(
                    filter.status().terminal()
                            ? " AND c.outcome = :status"
                            : " AND c.outcome IS NULL AND COALESCE(s.status, 'queued') = :status");
        }
        if (filter.type() != null) {
            boolean direct = filter.type() == CallType.DIRECT;
            where.append(direct ? " AND c.campaign_id IS NULL" : " AND c.campaign_id IS NOT NULL");
        }
        add(where, filter.campaign(), " AND c.campaign_id = :campaign");
        add(where, filter.driver(), " AND c.driver_id = :driver");
        add(where, filter.phone(), " AND c.phone_number = :phone");
        add(where, filter.from(), " AND c.created_at >= :from");
        add(where, filter.to(), " AND c.created_at < :to");
        add(
                where,
                page.after(),
                " AND c.created_at <= :after_created"
                        + " AND (c.created_at < :after_created OR c.call_id > :after_call)");
        return where.toString();
    }

    private static void add(StringBuilder where, @Nullable Object value, String clause) {
        if (value != null) {
            where.append(clause);
        }
    }

    private static void bind(Sql sql, CallFilter filter) {
        if (filter.status() != null) {
            sql.with("status", filter.status().wireName());
        }
        if (filter.campaign() != null) {
            sql.with("campaign", filter.campaign().value());
        }
        if (filter.driver() != null) {
            sql.with("driver", filter.driver().value());
        }
        if (filter.phone() != null) {
            sql.with("phone", filter.phone().value());
        }
        if (filter.from() != null) {
            sql.with("from", filter.from());
        }
        if (filter.to() != null) {
            sql.with("to", filter.to());
        }
    }

    private static CallPage page(List<Call> calls, int limit) {
        if (calls.size() <= limit) {
            return new CallPage(calls, null);
        }
        Call last = calls.get(limit - 1);
        return new CallPage(
                calls.subList(0, limit),
                new CallCursor(last.accepted().createdAt(), last.key().call()));
    }
}
