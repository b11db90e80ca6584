package linekeeper.bootstrap.endtoend;

import linekeeper.telephony.twilio.fake.Callbacks;
import linekeeper.telephony.twilio.fake.CreateRequest;
import linekeeper.telephony.twilio.fake.FakeCall;
import linekeeper.telephony.twilio.fake.FakeTwilio;
import linekeeper.telephony.twilio.fake.Fault;
import linekeeper.telephony.twilio.fake.SignedCallback;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// Twilio, as the suite rehearses it.
final class TwilioRehearsed implements ProviderFake {
    final FakeTwilio twilio = FakeTwilio.start();

    @Override
    public String name() {
        return "twilio";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "LINEKEEPER_TWILIO_URL",
                twilio.url().toString(),
                "LINEKEEPER_TWILIO_ACCOUNTSID",
                FakeTwilio.ACCOUNT_SID,
                "LINEKEEPER_TWILIO_AUTHTOKEN",
                FakeTwilio.AUTH_TOKEN,
                "LINEKEEPER_TWILIO_FROM",
                "+14155550100",
                "LINEKEEPER_TWILIO_VOICEURL",
                "https://voice.test/twiml");
    }

    @Override
    public void next(DialFault fault) {
        twilio.next(
                switch (fault) {
                    case ANSWER_LOST -> Fault.HANG_AFTER;
                    case REQUEST_LOST -> Fault.HANG_BEFORE;
                    case BROKEN_AFTER -> Fault.DROP_AFTER;
                    case UNREADABLE -> Fault.MALFORMED;
                    case BUSY -> Fault.TOO_MANY;
                    case REFUSED -> Fault.PROXY;
                });
    }

    @Override
    public void release() {
        twilio.release();
    }

    @Override
    public int creates(String callId) {
        return (int) twilio.creates().stream().filter(one -> isOf(one, callId)).count();
    }

    @Override
    public Optional<String> execution(String callId) {
        return find(callId).map(FakeCall::sid);
    }

    @Override
    public void become(String callId, Course course) {
        find(callId)
                .orElseThrow()
                .become(
                        switch (course) {
                            case RINGING -> "ringing";
                            case ANSWERED -> "in-progress";
                            case COMPLETED -> "completed";
                            case NO_ANSWER -> "no-answer";
                            case BUSY -> "busy";
                        });
    }

    @Override
    public int tell(ServiceProcess service, String callId) throws Exception {
        return Callbacks.status(find(callId).orElseThrow()).post(null);
    }

    @Override
    public int forge(ServiceProcess service, String callId) throws Exception {
        return Callbacks.status(find(callId).orElseThrow()).post(null, "bm90aGluZw==");
    }

    @Override
    public int tellOfAStranger(ServiceProcess service, String callId) throws Exception {
        SignedCallback mine = Callbacks.status(find(callId).orElseThrow());
        return new SignedCallback(
                        mine.url().replace("call_id=" + callId, "call_id=stranger"), mine.form())
                .post(null);
    }

    private Optional<FakeCall> find(String callId) {
        return twilio.calls().stream().filter(one -> isOf(one.request(), callId)).findFirst();
    }

    /// Its only place for our id is the URL it calls back.
    private static boolean isOf(CreateRequest request, String callId) {
        String callback = request.one("StatusCallback");
        return callback != null
                && URLDecoder.decode(callback, StandardCharsets.UTF_8)
                        .contains("call_id=" + callId + "&");
    }

    @Override
    public boolean tellsProgress() {
        return true;
    }

    @Override
    public boolean hangsUp() {
        return true;
    }

    @Override
    public boolean toldToHangUp(String callId) {
        String status = find(callId).map(FakeCall::status).orElse("");
        return status.equals("canceled") || status.equals("completed");
    }

    @Override
    public void close() {
        twilio.close();
    }
}
