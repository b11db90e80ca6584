package linekeeper.telephony.twilio;

import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.ExecutionReport.Echo;
import linekeeper.application.port.ExecutionReport.Reached;
import linekeeper.application.port.ExecutionReport.Stage;
import linekeeper.application.port.WebhookReader.Ignored;
import linekeeper.application.port.WebhookReader.Reading;
import linekeeper.application.port.WebhookReader.Unreadable;
import linekeeper.domain.ConversationId;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.InvalidValue;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.Progress;
import linekeeper.telephony.exchange.Tolerant;
import linekeeper.telephony.exchange.Wording;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// A genuine callback. Twilio numbers those of a call (`SequenceNumber`) and may deliver them in any
/// order; the number is not needed, for a call only ever moves forward and never after its end.
///
/// @param echo our ids from the signed query; null: they are not in it
record TwilioCallback(Map<String, String> form, @Nullable Echo echo) {
    private static final int LONGEST_URL = 2_000;

    Reading status() {
        String status = text("CallStatus");
        if (status == null) {
            return new Unreadable("CallStatus is missing");
        }
        String sip = text("SipResponseCode");
        Instant answered = status.equals("in-progress") ? at() : null;
        CallFacts facts =
                new CallFacts(
                        null,
                        answered,
                        text("AnsweredBy"),
                        Tolerant.number(text("CallDuration")),
                        null,
                        recordingUrl());
        return told(
                TwilioStatus.stage(status, facts, sip == null ? null : "SIP response " + sip),
                facts);
    }

    /// Somebody or something has answered, whether or not that was told before.
    Reading machineDetection() {
        String who = text("AnsweredBy");
        return who == null
                ? new Unreadable("AnsweredBy is missing")
                : told(
                        new Reached(Progress.ANSWERED),
                        new CallFacts(null, null, who, null, null, null));
    }

    /// Says nothing of the call's course.
    Reading recording() {
        String status = text("RecordingStatus");
        if (status == null) {
            return new Unreadable("RecordingStatus is missing");
        }
        String url = recordingUrl();
        return status.equals("completed") && url != null
                ? told(
                        new Reached(Progress.PLACED),
                        new CallFacts(null, null, null, null, null, url))
                : new Ignored("recording " + status);
    }

    private Reading told(Stage stage, CallFacts facts) {
        String sid = text("CallSid");
        try {
            return Reading.of(Optional.ofNullable(sid).map(known -> report(known, stage, facts)));
        } catch (InvalidValue e) {
            return new Unreadable("CallSid is unusable");
        }
    }

    private ExecutionReport report(String sid, Stage stage, CallFacts facts) {
        return new ExecutionReport(
                new ExecutionId(TwilioProvider.NAME, sid),
                echo,
                stage,
                facts.withConversation(new ConversationId(sid)));
    }

    private @Nullable Instant at() {
        return TwilioDates.read(text("Timestamp"));
    }

    /// Twilio names the recording; the ending chooses the format.
    private @Nullable String recordingUrl() {
        String url = text("RecordingUrl");
        boolean usable = url != null && url.startsWith("http") && url.length() < LONGEST_URL;
        return usable ? url + ".mp3" : null;
    }

    private @Nullable String text(String name) {
        String value = Wording.storable(form.getOrDefault(name, ""));
        return value.isEmpty() ? null : value;
    }
}
