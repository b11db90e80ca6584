package linekeeper.persistence;

import linekeeper.domain.ConversationId;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CancelWish;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.Failure;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.QueuedCall;
import linekeeper.persistence.Changed.NewNotice;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/// The parameters of [ChangeSql]: what the tables keep of changed calls, column by column.
final class ChangeColumns {
    private ChangeColumns() {}

    static Sql bind(Sql sql, List<Changed> changed) {
        bindRecord(sql, changed);
        bindFacts(sql, changed);
        bindSlotAndQueue(sql, changed);
        bindLine(sql, changed);
        bindExecutions(sql, changed);
        bindConversations(sql, changed);
        bindNotices(sql, changed);
        return sql;
    }

    private static void bindRecord(Sql sql, List<Changed> changed) {
        sql.column("accounts", changed, one -> one.key().account())
                .column("calls", changed, one -> one.key().call())
                .column("statuses", changed, one -> one.call().status().wireName())
                .column("attempts", changed, one -> one.call().attempt())
                .column("deferrals", changed, one -> CallColumns.deferrals(one.call()))
                .column("last_events", changed, Changed::lastEvent)
                .column("lines", changed, one -> Details.lines(one.entries()))
                .column("created", changed, ended(end -> end.accepted().createdAt()))
                .column("outcomes", changed, ended(end -> end.outcome().status().wireName()))
                .column("error_codes", changed, ended(end -> failure(end, Failure::code)))
                .column("error_messages", changed, ended(end -> failure(end, Failure::message)))
                .column("started", changed, ended(end -> end.span().startedAt()))
                .column("ended", changed, ended(end -> end.span().endedAt()));
    }

    private static void bindFacts(Sql sql, List<Changed> changed) {
        sql.column("executions", changed, one -> CallColumns.executionId(one.call()))
                .column(
                        "conversations",
                        changed,
                        one -> CallColumns.facts(one.call()).conversation())
                .column("answered", changed, one -> CallColumns.facts(one.call()).answeredAt())
                .column("answered_by", changed, one -> CallColumns.facts(one.call()).answeredBy())
                .column(
                        "durations",
                        changed,
                        one -> CallColumns.facts(one.call()).durationSeconds())
                .column("costs", changed, one -> CallColumns.facts(one.call()).cost())
                .column("recordings", changed, one -> CallColumns.facts(one.call()).recordingUrl());
    }

    private static void bindSlotAndQueue(Sql sql, List<Changed> changed) {
        sql.column("states", changed, one -> state(one.call()))
                .column("states_before", changed, one -> state(one.before()))
                .column("versions", changed, Changed::version)
                .column("leases", changed, Changed::lease)
                .column("moves", changed, Changed::moves)
                .column("progress", changed, active(call -> Words.of(call.progress())))
                .column("seen", changed, active(ActiveCall::seenAt))
                .column("unknown", changed, one -> CallColumns.unknownSince(one.call()))
                .column("due", changed, one -> CallColumns.dueAt(one.call()))
                .with("any_waited", changed.stream().anyMatch(ChangeColumns::waited))
                .column("cancel_asked", changed, wish(CancelWish::askedAt))
                .column("cancel_answered", changed, one -> CallColumns.cancelAnswered(one.call()))
                .column("providers", changed, one -> one.call().accepted().provider());
    }

    private static boolean waited(Changed one) {
        return one.before() instanceof QueuedCall;
    }

    private static void bindLine(Sql sql, List<Changed> changed) {
        sql.column("line_agents", changed, one -> one.call().accepted().line().agent())
                .column("line_froms", changed, one -> from(one.call().accepted().line()))
                .column(
                        "line_phone_number_ids",
                        changed,
                        one -> one.call().accepted().line().phoneNumberId());
    }

    private static @Nullable Object from(linekeeper.domain.call.Line line) {
        PhoneNumber from = line.from();
        return from == null ? null : from.value();
    }

    /// Where a call's state is kept.
    private static String state(Call call) {
        return switch (call) {
            case QueuedCall queued -> "waiting";
            case LiveCall live -> "live";
            case EndedCall ended -> "over";
        };
    }

    private static void bindExecutions(Sql sql, List<Changed> changed) {
        List<Changed> bound = changed.stream().filter(Changed::binds).toList();
        List<Changed> followed = changed.stream().filter(Changed::unbinds).toList();
        sql.column("bound_accounts", bound, one -> one.key().account())
                .column("bound_executions", bound, one -> CallColumns.executionId(one.call()))
                .column("bound_providers", bound, one -> one.call().accepted().provider())
                .column("bound_calls", bound, one -> one.key().call())
                .column("followed_accounts", followed, one -> one.key().account())
                .column(
                        "followed_executions",
                        followed,
                        one -> CallColumns.executionId(one.before()))
                .column("followed_providers", followed, one -> one.before().accepted().provider())
                .column("followed_calls", followed, one -> one.key().call());
    }

    /// Those that were heard of only now.
    private static void bindConversations(Sql sql, List<Changed> changed) {
        List<Changed> named =
                changed.stream()
                        .filter(one -> conversation(one.call()) != null)
                        .filter(
                                one ->
                                        !Objects.equals(
                                                conversation(one.before()),
                                                conversation(one.call())))
                        .toList();
        sql.column("named_accounts", named, one -> one.key().account())
                .column("named_conversations", named, one -> conversation(one.call()))
                .column("named_calls", named, one -> one.key().call())
                .column("named_attempts", named, one -> one.call().attempt());
    }

    private static @Nullable ConversationId conversation(Call call) {
        return CallColumns.facts(call).conversation();
    }

    private static void bindNotices(Sql sql, List<Changed> changed) {
        List<Told> told = new ArrayList<>();
        changed.forEach(one -> one.notices().forEach(notice -> told.add(new Told(one, notice))));
        sql.column("notice_accounts", told, one -> one.call.key().account())
                .column("notice_calls", told, one -> one.call.key().call())
                .column("notice_sequences", told, one -> one.notice.announced().sequence())
                .column("notice_types", told, one -> one.notice.announced().type().wireName())
                .column("notice_times", told, one -> one.notice.at());
    }

    private record Told(Changed call, NewNotice notice) {}

    private static Function<Changed, @Nullable Object> ended(
            Function<EndedCall, @Nullable Object> value) {
        return one -> one.call() instanceof EndedCall end ? value.apply(end) : null;
    }

    private static Function<Changed, @Nullable Object> active(
            Function<ActiveCall, @Nullable Object> value) {
        return one -> one.call() instanceof ActiveCall call ? value.apply(call) : null;
    }

    private static Function<Changed, @Nullable Object> wish(
            Function<CancelWish, @Nullable Object> value) {
        return one -> {
            CancelWish wish = one.call() instanceof LiveCall live ? live.slot().wish() : null;
            return wish == null ? null : value.apply(wish);
        };
    }

    private static @Nullable Object failure(EndedCall end, Function<Failure, String> part) {
        return end.outcome() instanceof Outcome.Failed(Failure failure)
                ? part.apply(failure)
                : null;
    }
}
