package linekeeper.telephony.twilio.fake;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// One of the fake's calls, shown as the real API shows it: numbers are strings, dates are of a mail.
public final class FakeCall {
    private static final DateTimeFormatter MAIL =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss Z", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);
    private static final Set<String> OVER =
            Set.of("completed", "busy", "failed", "no-answer", "canceled");
    private static final List<String> SUBRESOURCES =
            List.of(
                    "Notifications",
                    "Recordings",
                    "Payments",
                    "Events",
                    "Siprec",
                    "Streams",
                    "Transcriptions",
                    "UserDefinedMessageSubscriptions",
                    "UserDefinedMessages");

    private final String sid;
    private final CreateRequest request;
    private final Instant createdAt;
    private final AtomicInteger sequence = new AtomicInteger();
    private volatile String status = "queued";
    private volatile @Nullable String answeredBy;
    private volatile boolean listed = true;

    FakeCall(String sid, CreateRequest request, Instant createdAt) {
        this.sid = sid;
        this.request = request;
        this.createdAt = createdAt;
    }

    public String sid() {
        return sid;
    }

    public CreateRequest request() {
        return request;
    }

    public String status() {
        return status;
    }

    public void become(String next) {
        status = next;
    }

    public void answeredBy(String who) {
        answeredBy = who;
    }

    /// Reads do not show it yet.
    public void hide() {
        listed = false;
    }

    public void show() {
        listed = true;
    }

    boolean listed() {
        return listed;
    }

    boolean over() {
        return OVER.contains(status);
    }

    int nextSequence() {
        return sequence.getAndIncrement();
    }

    @Nullable String whoAnswered() {
        return answeredBy;
    }

    Instant createdAt() {
        return createdAt;
    }

    static String mailDate(Instant at) {
        return MAIL.format(at);
    }

    /// @param fresh right after the create there are no dates
    JsonObject json(boolean fresh) {
        String from = request.one("From");
        String to = request.one("To");
        String date = fresh ? null : mailDate(createdAt);
        boolean talked = status.equals("completed");
        JsonObjectBuilder call =
                Json.createObjectBuilder()
                        .add("sid", sid)
                        .add("account_sid", FakeTwilio.ACCOUNT_SID)
                        .add("api_version", "2010-04-01")
                        .add("status", status)
                        .add("direction", "outbound-api");
        text(call, "to", to);
        text(call, "to_formatted", to);
        text(call, "from", from);
        text(call, "from_formatted", from);
        text(call, "phone_number_sid", "PN0123456789abcdef0123456789abcdef");
        text(call, "parent_call_sid", null);
        text(call, "group_sid", null);
        text(call, "trunk_sid", null);
        text(call, "start_time", talked ? date : null);
        text(call, "end_time", over() ? date : null);
        text(call, "duration", over() ? (talked ? "41" : "0") : null);
        text(call, "price", talked ? "-0.0130" : null);
        text(call, "price_unit", "USD");
        text(call, "answered_by", answeredBy);
        text(call, "forwarded_from", null);
        text(call, "caller_name", null);
        text(call, "queue_time", "0");
        text(call, "date_created", date);
        text(call, "date_updated", date);
        String path = FakeTwilio.CALLS + "/" + sid;
        text(call, "uri", path + ".json");
        JsonObjectBuilder parts = Json.createObjectBuilder();
        for (String part : SUBRESOURCES) {
            String name = part.replaceAll("(?<=[a-z])(?=[A-Z])", "_");
            parts.add(name.toLowerCase(Locale.ROOT), path + "/" + part + ".json");
        }
        return call.add("subresource_uris", parts).build();
    }

    private static void text(JsonObjectBuilder call, String name, @Nullable String value) {
        call.add(name, value == null ? JsonValue.NULL : Json.createValue(value));
    }
}
