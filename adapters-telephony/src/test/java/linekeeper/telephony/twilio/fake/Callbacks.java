package linekeeper.telephony.twilio.fake;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// What Twilio posts about a call, signed with the account's token over the URL it was given.
public final class Callbacks {
    private Callbacks() {}

    /// The status callback of the call's current status.
    public static SignedCallback status(FakeCall call) {
        Map<String, String> form = of(call);
        form.put("CallStatus", call.status());
        form.put("Called", form.get("To"));
        form.put("Caller", form.get("From"));
        form.put("Direction", "outbound-api");
        form.put("Timestamp", FakeCall.mailDate(Instant.now()));
        form.put("CallbackSource", "call-progress-events");
        form.put("SequenceNumber", Integer.toString(call.nextSequence()));
        form.put("ToCity", "SAN FRANCISCO");
        if (call.over()) {
            form.put("Duration", "1");
            form.put("CallDuration", call.status().equals("completed") ? "41" : "0");
            form.put("SipResponseCode", call.status().equals("failed") ? "404" : "200");
        }
        String who = call.whoAnswered();
        if (who != null) {
            form.put("AnsweredBy", who);
        }
        return new SignedCallback(url(call, "StatusCallback"), form);
    }

    public static SignedCallback machineDetection(FakeCall call, String who) {
        call.answeredBy(who);
        Map<String, String> form = of(call);
        form.put("AnsweredBy", who);
        form.put("MachineDetectionDuration", "2300");
        return new SignedCallback(url(call, "AsyncAmdStatusCallback"), form);
    }

    public static SignedCallback recording(FakeCall call, String status) {
        Map<String, String> form = of(call);
        form.put("RecordingSid", "RE0123456789abcdef0123456789abcdef");
        form.put(
                "RecordingUrl",
                "https://api.twilio.com/2010-04-01/Accounts/"
                        + FakeTwilio.ACCOUNT_SID
                        + "/Recordings/RE0123456789abcdef0123456789abcdef");
        form.put("RecordingStatus", status);
        form.put("RecordingDuration", "39");
        form.put("RecordingChannels", "1");
        form.put("RecordingSource", "OutboundAPI");
        return new SignedCallback(url(call, "RecordingStatusCallback"), form);
    }

    private static Map<String, String> of(FakeCall call) {
        Map<String, String> form = new TreeMap<>();
        form.put("CallSid", call.sid());
        form.put("AccountSid", FakeTwilio.ACCOUNT_SID);
        form.put("ApiVersion", "2010-04-01");
        form.put("To", Objects.requireNonNull(call.request().one("To")));
        form.put("From", Objects.requireNonNull(call.request().one("From")));
        return form;
    }

    private static String url(FakeCall call, String parameter) {
        return Objects.requireNonNull(call.request().one(parameter), parameter)
                .replaceFirst("#.*", "");
    }
}
