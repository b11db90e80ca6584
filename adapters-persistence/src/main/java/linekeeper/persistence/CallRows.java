package linekeeper.persistence;

import linekeeper.domain.AccountId;
import linekeeper.domain.AgentId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.CampaignId;
import linekeeper.domain.ContactId;
import linekeeper.domain.ConversationId;
import linekeeper.domain.DriverId;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.LeaseToken;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.AcceptedCall;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.CancelWish;
import linekeeper.domain.call.Direction;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.Grouping;
import linekeeper.domain.call.Line;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.Recipient;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.Routing;
import linekeeper.domain.call.Slot;
import linekeeper.domain.call.Span;
import linekeeper.domain.call.Timing;
import linekeeper.domain.call.UnconfirmedCall;
import linekeeper.domain.call.UserData;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Reads a call in its state from a row of [CallSelects].
final class CallRows {
    private CallRows() {}

    /// Those of the calls that are there, archived or not.
    static List<Call> find(Database database, List<CallKey> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        Sql sql = Keys.bind(Sql.of(CallSelects.ANY + Keys.WHERE), keys);
        List<Call> found = database.query(sql, CallRows::call);
        if (found.size() == keys.size()) {
            return found;
        }
        List<CallKey> missing = new ArrayList<>(keys);
        missing.removeAll(found.stream().map(Call::key).toList());
        List<Call> archived = ArchivedCalls.find(database, missing, CallRows::call);
        return Stream.concat(found.stream(), archived.stream()).toList();
    }

    static CallKey key(Row row) {
        return new CallKey(new AccountId(row.text("account_id")), new CallId(row.text("call_id")));
    }

    static Call call(Row row) {
        AcceptedCall accepted = accepted(row);
        int attempt = row.integer("attempt");
        CallStatus status = CallStatus.named(row.text("status")).orElseThrow();
        return switch (status) {
            case QUEUED ->
                    new QueuedCall(
                            accepted, attempt, row.instant("due_at"), row.integer("deferrals"));
            case DIAL_UNKNOWN ->
                    new UnconfirmedCall(accepted, attempt, slot(row), row.instant("unknown_since"));
            case DIALING, RINGING, IN_PROGRESS ->
                    row.textOrNull("execution_id") == null
                            ? reserved(row)
                            : active(row, accepted, attempt);
            default -> ended(row, accepted, attempt);
        };
    }

    static ReservedCall reserved(Row row) {
        return new ReservedCall(
                accepted(row), row.integer("attempt"), slot(row), row.integer("deferrals"));
    }

    private static ActiveCall active(Row row, AcceptedCall accepted, int attempt) {
        return new ActiveCall(
                accepted,
                attempt,
                slot(row),
                execution(row, row.text("execution_id")),
                Words.progress(row.text("progress")),
                row.instant("seen_at"),
                facts(row));
    }

    private static EndedCall ended(Row row, AcceptedCall accepted, int attempt) {
        String execution = row.textOrNull("execution_id");
        return new EndedCall(
                accepted,
                attempt,
                Words.outcome(
                        row.text("outcome"),
                        row.textOrNull("error_code"),
                        row.textOrNull("error_message")),
                facts(row),
                new Span(row.instantOrNull("started_at"), row.instant("ended_at")),
                execution == null ? null : execution(row, execution));
    }

    static CallFacts facts(Row row) {
        String conversation = row.textOrNull("conversation_id");
        return new CallFacts(
                conversation == null ? null : new ConversationId(conversation),
                row.instantOrNull("answered_at"),
                row.textOrNull("answered_by"),
                row.decimalOrNull("duration_seconds"),
                row.decimalOrNull("cost"),
                row.textOrNull("recording_url"));
    }

    private static AcceptedCall accepted(Row row) {
        CallRequest request = request(row);
        return new AcceptedCall(
                request,
                new ProviderName(row.text("provider")),
                line(row, Line.asAsked(request.routing())),
                row.instant("created_at"),
                row.integer("max_attempts"),
                Direction.named(row.text("direction")).orElseThrow());
    }

    /// A row without a line waits, or got its slot from a release that kept none.
    private static Line line(Row row, Line asked) {
        String agent = row.textOrNull("line_agent");
        String from = row.textOrNull("line_from");
        if ("".equals(agent)) {
            return Line.NONE;
        }
        return new Line(
                agent == null ? asked.agent() : agent,
                from == null ? asked.from() : new PhoneNumber(from),
                row.textOrNull("line_phone_number_id"));
    }

    private static CallRequest request(Row row) {
        String contact = row.textOrNull("contact_id");
        String agent = row.textOrNull("agent_id");
        return new CallRequest(
                key(row),
                new Recipient(
                        new PhoneNumber(row.text("phone_number")),
                        contact == null ? null : new ContactId(contact),
                        row.textOrNull("contact_name")),
                new Routing(agent == null ? null : new AgentId(agent), from(row)),
                grouping(row),
                new Timing(row.instantOrNull("scheduled_at"), row.instantOrNull("expires_at")),
                row.integer("priority"),
                row.flag("attempts_by_campaign") ? null : row.integer("max_attempts"),
                new UserData(row.text("user_data")));
    }

    private static @Nullable PhoneNumber from(Row row) {
        String from = row.textOrNull("from_number");
        return from == null ? null : new PhoneNumber(from);
    }

    private static Grouping grouping(Row row) {
        String campaign = row.textOrNull("campaign_id");
        String driver = row.textOrNull("driver_id");
        return new Grouping(
                campaign == null ? null : new CampaignId(campaign),
                driver == null ? null : new DriverId(driver));
    }

    private static Slot slot(Row row) {
        Instant reserved = row.instant("reserved_at");
        Instant due = row.instantOrNull("slot_due_at");
        return new Slot(
                new LeaseToken(row.number("lease")),
                reserved,
                due == null ? reserved : due,
                RetryRows.read(row.textOrNull("retries")),
                wish(row));
    }

    private static @Nullable CancelWish wish(Row row) {
        Instant asked = row.instantOrNull("cancel_asked_at");
        return asked == null ? null : new CancelWish(asked, row.flag("cancel_answered"));
    }

    private static ExecutionId execution(Row row, String id) {
        return new ExecutionId(new ProviderName(row.text("provider")), id);
    }
}
