package linekeeper.http.results;

import static linekeeper.http.JsonParts.JSON;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;

import linekeeper.application.port.ResultSender.Message;
import linekeeper.application.port.Transcripts.Line;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.Failure;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.notice.Notice;
import linekeeper.domain.notice.NoticeType;

import org.jspecify.annotations.Nullable;

import java.io.StringReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/// The body of a message. Every event has the same members; what is not known is null.
final class ResultJson {
    private final JsonObjectBuilder json = JSON.createObjectBuilder();

    private ResultJson() {}

    static String of(Message message) {
        ResultJson body = new ResultJson();
        body.addNotice(message.notice());
        body.addCall(message.call().accepted().request());
        body.json.add("transcript", transcript(message.transcript()));
        if (message.notice().type() == NoticeType.ENDED
                && message.call() instanceof EndedCall ended) {
            body.addEnd(ended);
        } else {
            body.addTold(message.told());
        }
        return body.json.build().toString();
    }

    private void addNotice(Notice notice) {
        text("type", notice.type().wireName());
        text("timestamp", notice.createdAt());
        json.add("sequence", notice.id().sequence());
        text("call_id", notice.id().key().call());
    }

    private void addCall(CallRequest request) {
        text("campaign_id", request.grouping().campaign());
        json.add("user_data", stored(request.userData().json()));
    }

    private void addEnd(EndedCall call) {
        boolean failed = call.outcome() instanceof Outcome.Failed;
        text("status", call.status().wireName());
        text("error_code", failed ? failure(call).code() : null);
        text("error_message", failed ? failure(call).message() : null);
        json.add("attempt", call.attempt());
        text("execution_id", call.execution() == null ? null : call.execution().value());
        text("conversation_id", call.facts().conversation());
        text("recording_url", call.facts().recordingUrl());
        decimal("duration_seconds", call.facts().durationSeconds());
    }

    private static Failure failure(EndedCall call) {
        return ((Outcome.Failed) call.outcome()).failure();
    }

    /// A call that has just begun is being dialed.
    private void addTold(Map<String, String> told) {
        text("status", told.getOrDefault("status", "dialing"));
        for (String name :
                List.of(
                        "error_code",
                        "error_message",
                        "execution_id",
                        "conversation_id",
                        "recording_url")) {
            text(name, told.get(name));
        }
        decimal("attempt", number(told.getOrDefault("attempt", "1")));
        decimal("duration_seconds", number(told.get("duration_seconds")));
    }

    private static @Nullable BigDecimal number(@Nullable String text) {
        try {
            return text == null ? null : new BigDecimal(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static JsonArrayBuilder transcript(List<Line> lines) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        for (Line line : lines) {
            array.add(
                    JSON.createObjectBuilder()
                            .add("sequence", line.sequence())
                            .add("role", line.spoken().role())
                            .add("text", line.spoken().text()));
        }
        return array;
    }

    private static JsonObject stored(String text) {
        try (JsonReader reader = JSON.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    private void text(String name, @Nullable Object value) {
        json.add(name, value == null ? JsonValue.NULL : JSON.createValue(value.toString()));
    }

    private void decimal(String name, @Nullable BigDecimal value) {
        json.add(name, value == null ? JsonValue.NULL : JSON.createValue(value));
    }
}
