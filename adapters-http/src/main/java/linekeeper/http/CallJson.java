package linekeeper.http;

import jakarta.json.JsonObject;

import linekeeper.domain.ExecutionId;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.call.AcceptedCall;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.Failure;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.UnboundCall;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// A call as the API shows it.
final class CallJson {
    private CallJson() {}

    static JsonObject of(Call call) {
        Members json = new Members();
        addRequest(json, call.accepted());
        json.text("from_number", number(call.accepted().line().from()));
        addState(json, call);
        addFacts(json, factsOf(call));
        addTimes(json, call);
        return json.build();
    }

    private static void addRequest(Members json, AcceptedCall accepted) {
        CallRequest request = accepted.request();
        json.text("call_id", request.key().call())
                .text("account_id", request.key().account())
                .text("type", request.type().wireName())
                .text("campaign_id", request.grouping().campaign())
                .text("driver_id", request.grouping().driver())
                .text("contact_id", request.recipient().contact())
                .text("agent_id", request.routing().agent())
                .text("phone_number", request.recipient().phone().value())
                .text("contact_name", request.recipient().name())
                .number("priority", request.priority())
                .number("max_attempts", accepted.maxAttempts())
                .put("user_data", stored(request.userData().json()));
    }

    private static void addState(Members json, Call call) {
        ExecutionId execution = executionOf(call);
        Failure failure = failureOf(call);
        json.text("provider", call.accepted().provider())
                .text("direction", call.accepted().direction().wireName())
                .text("status", call.status().wireName())
                .number("attempt", call.attempt())
                .text("execution_id", execution == null ? null : execution.value())
                .text("error_code", failure == null ? null : failure.code())
                .text("error_message", failure == null ? null : failure.message());
    }

    private static void addFacts(Members json, CallFacts facts) {
        json.text("conversation_id", facts.conversation())
                .text("recording_url", facts.recordingUrl())
                .decimal("duration_seconds", facts.durationSeconds())
                .decimal("cost", facts.cost())
                .text("answered_by", facts.answeredBy())
                .text("answered_at", facts.answeredAt());
    }

    private static void addTimes(Members json, Call call) {
        json.text("created_at", call.accepted().createdAt())
                .text("scheduled_at", call.accepted().request().timing().scheduledAt())
                .text("expires_at", call.accepted().request().timing().expiresAt())
                .text("started_at", startOf(call))
                .text("ended_at", call instanceof EndedCall ended ? ended.span().endedAt() : null);
    }

    static @Nullable ExecutionId executionOf(Call call) {
        return switch (call) {
            case ActiveCall active -> active.execution();
            case EndedCall ended -> ended.execution();
            case UnboundCall unbound -> null;
            case QueuedCall queued -> null;
        };
    }

    private static CallFacts factsOf(Call call) {
        return switch (call) {
            case ActiveCall active -> active.facts();
            case EndedCall ended -> ended.facts();
            case UnboundCall unbound -> CallFacts.NONE;
            case QueuedCall queued -> CallFacts.NONE;
        };
    }

    private static @Nullable Instant startOf(Call call) {
        return switch (call) {
            case LiveCall live -> live.slot().reservedAt();
            case EndedCall ended -> ended.span().startedAt();
            case QueuedCall queued -> null;
        };
    }

    private static @Nullable Failure failureOf(Call call) {
        return call instanceof EndedCall ended
                        && ended.outcome() instanceof Outcome.Failed(Failure failure)
                ? failure
                : null;
    }

    private static @Nullable String number(@Nullable PhoneNumber number) {
        return number == null ? null : number.value();
    }

    private static JsonObject stored(String json) {
        return StrictJson.object(json.getBytes(StandardCharsets.UTF_8));
    }
}
