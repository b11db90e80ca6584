package linekeeper.persistence;

import linekeeper.application.port.CallCursor;
import linekeeper.application.port.CallFilter;
import linekeeper.application.port.CallPage;
import linekeeper.application.port.PageRequest;
import linekeeper.domain.AccountId;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.CallType;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Pages of calls, newest first. Only the conditions that are asked for are in the statement, so that
/// each finds its index.
final class CallLists {
    private final Database database;

    CallLists(Database database) {
        this.database = database;
    }

    CallPage list(AccountId account, CallFilter filter, PageRequest page) {
        Source source = Source.of(filter);
        Sql sql = Sql.of(source.select + where(source, filter, page) + source.newestFirst());
        sql.with("account", account.value()).with("most", page.limit() + 1);
        bind(sql, filter);
        CallCursor after = page.after();
        if (after != null) {
            sql.with("after_created", after.createdAt()).with("after_call", after.call().value());
        }
        return page(database.query(sql, CallRows::call), page.limit());
    }

    /// Where the calls of a filter are found. What is live is collected first and sorted then: in the order of
    /// the records it would be looked for among everything that has ended.
    private enum Source {
        ALL(CallSelects.ANY, "c", "c", "e.deleted_at IS NULL"),
        WAITING(CallSelects.WAITING_ONE_BY_ONE, "q", "q", "true"),
        LIVE(CallSelects.LIVE_ONE_BY_ONE, "s", "c", "s.status = :status"),
        OVER(CallSelects.OVER_ONE_BY_ONE, "e", "e", "e.outcome = :status AND e.deleted_at IS NULL"),
        /// An index of the records knows better than that of the outcomes which calls are asked for.
        OVER_OF_SOME(CallSelects.RECORDS_OVER, "c", "c", OVER.which);

        private final String select;
        private final String keys;
        private final String times;
        private final String which;

        /// @param keys the table whose index gives the account's calls
        /// @param times the table whose index gives their order, if one does
        Source(String select, String keys, String times, String which) {
            this.select = select;
            this.keys = keys;
            this.times = times;
            this.which = which;
        }

        static Source of(CallFilter filter) {
            CallStatus status = filter.status();
            if (status == null) {
                return ALL;
            }
            if (!status.terminal()) {
                return status == CallStatus.QUEUED ? WAITING : LIVE;
            }
            boolean some =
                    filter.campaign() != null || filter.driver() != null || filter.phone() != null;
            return some ? OVER_OF_SOME : OVER;
        }

        String newestFirst() {
            return " ORDER BY %1$s.created_at DESC, %1$s.call_id LIMIT CAST(:most AS int)"
                    .formatted(times);
        }
    }

    private static String where(Source source, CallFilter filter, PageRequest page) {
        StringBuilder where =
                new StringBuilder("WHERE %s.account_id = :account AND ".formatted(source.keys))
                        .append(source.which);
        if (filter.type() != null) {
            boolean direct = filter.type() == CallType.DIRECT;
            where.append(direct ? " AND c.campaign_id IS NULL" : " AND c.campaign_id IS NOT NULL");
        }
        add(where, filter.campaign(), " AND c.campaign_id = :campaign");
        add(where, filter.driver(), " AND c.driver_id = :driver");
        add(where, filter.phone(), " AND c.phone_number = :phone");
        String at = source.times;
        add(where, filter.from(), " AND %s.created_at >= :from".formatted(at));
        add(where, filter.to(), " AND %s.created_at < :to".formatted(at));
        add(
                where,
                page.after(),
                """
                 AND %1$s.created_at <= :after_created
                 AND (%1$s.created_at < :after_created OR %1$s.call_id > :after_call)
                """
                        .formatted(at));
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
