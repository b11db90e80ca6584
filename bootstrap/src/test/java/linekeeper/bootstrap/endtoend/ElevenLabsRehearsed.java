package linekeeper.bootstrap.endtoend;

import linekeeper.telephony.elevenlabs.fake.FakeConversation;
import linekeeper.telephony.elevenlabs.fake.FakeElevenLabs;
import linekeeper.telephony.elevenlabs.fake.Fault;
import linekeeper.telephony.elevenlabs.fake.SignedEvents;
import linekeeper.telephony.twilio.fake.FakeCall;
import linekeeper.telephony.twilio.fake.FakeTwilio;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// ElevenLabs, as the suite rehearses it: over numbers of the Twilio account that is configured beside it
/// and ends its calls. It posts nothing before a call is over.
final class ElevenLabsRehearsed implements ProviderFake {
    private static final String SECRET = "wsec_suite";

    private final FakeElevenLabs elevenLabs = FakeElevenLabs.start();
    private final FakeTwilio carrier;
    private final Map<String, Course> courses = new ConcurrentHashMap<>();

    /// @param carrier the caller's to close
    ElevenLabsRehearsed(FakeTwilio carrier) {
        this.carrier = carrier;
        elevenLabs.carriedBy(carrier::carry);
    }

    @Override
    public String name() {
        return "elevenlabs";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "LINEKEEPER_ELEVENLABS_URL",
                elevenLabs.url().toString(),
                "LINEKEEPER_ELEVENLABS_APIKEY",
                FakeElevenLabs.API_KEY,
                "LINEKEEPER_ELEVENLABS_AGENT",
                "agent-1",
                "LINEKEEPER_ELEVENLABS_PHONENUMBERID",
                "phnum_1",
                "LINEKEEPER_ELEVENLABS_WEBHOOKSECRET",
                SECRET);
    }

    @Override
    public void next(DialFault fault) {
        switch (fault) {
            case ANSWER_LOST -> elevenLabs.next(Fault.HANG_AFTER);
            case REQUEST_LOST -> elevenLabs.next(Fault.HANG_BEFORE);
            case BROKEN_AFTER -> elevenLabs.next(Fault.DROP_AFTER);
            case UNREADABLE -> elevenLabs.next(Fault.MALFORMED);
            case BUSY ->
                    elevenLabs.next(
                            429,
                            "{\"detail\":{\"type\":\"rate_limit_error\",\"code\":\"system_busy\"}}");
            case REFUSED ->
                    elevenLabs.next(
                            400,
                            "{\"detail\":{\"status\":\"invalid_provider_config\",\"message\":\"No\"}}");
        }
    }

    @Override
    public void release() {
        elevenLabs.release();
    }

    @Override
    public int creates(String callId) {
        return elevenLabs.ledger().creates("elevenlabs", callId, 1);
    }

    @Override
    public Optional<String> execution(String callId) {
        return find(callId).map(FakeConversation::id);
    }

    @Override
    public void become(String callId, Course course) {
        FakeConversation conversation = find(callId).orElseThrow();
        courses.put(callId, course);
        switch (course) {
            case RINGING -> become(conversation, "initiated", "ringing");
            case ANSWERED -> become(conversation, "in-progress", "in-progress");
            case COMPLETED -> become(conversation, "done", "completed");
            case NO_ANSWER -> elevenLabs.become(conversation, "failed", "no_answer");
            case BUSY -> elevenLabs.become(conversation, "failed", "busy");
        }
    }

    private void become(FakeConversation conversation, String status, String carriers) {
        elevenLabs.become(conversation, status);
        carried(conversation).become(carriers);
    }

    private FakeCall carried(FakeConversation conversation) {
        return carrier.calls().stream()
                .filter(call -> call.sid().equals(conversation.callSid()))
                .findAny()
                .orElseThrow();
    }

    @Override
    public int tell(ServiceProcess service, String callId) throws Exception {
        return post(service, event(callId), SECRET);
    }

    @Override
    public int forge(ServiceProcess service, String callId) throws Exception {
        return post(service, event(callId), "wsec_guessed");
    }

    @Override
    public int tellOfAStranger(ServiceProcess service, String callId) throws Exception {
        String body = SignedEvents.transcription(find(callId).orElseThrow());
        return post(service, body.replace("\"" + callId + "\"", "\"stranger\""), SECRET);
    }

    private String event(String callId) {
        FakeConversation conversation = find(callId).orElseThrow();
        return switch (courses.getOrDefault(callId, Course.RINGING)) {
            case NO_ANSWER -> SignedEvents.initiationFailure(conversation, "no-answer");
            case BUSY -> SignedEvents.initiationFailure(conversation, "busy");
            case RINGING, ANSWERED, COMPLETED -> SignedEvents.transcription(conversation);
        };
    }

    private static int post(ServiceProcess service, String body, String secret) throws Exception {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return service.webhook(
                        "/webhooks/elevenlabs",
                        body,
                        Map.of(
                                SignedEvents.HEADER,
                                SignedEvents.signature(secret, Instant.now(), bytes)))
                .statusCode();
    }

    private Optional<FakeConversation> find(String callId) {
        return elevenLabs.ledger().all().stream()
                .filter(one -> one.callId().equals(callId))
                .findFirst();
    }

    @Override
    public boolean tellsProgress() {
        return false;
    }

    @Override
    public boolean hangsUp() {
        return true;
    }

    @Override
    public boolean toldToHangUp(String callId) {
        return find(callId)
                .map(conversation -> carried(conversation).status())
                .filter(status -> status.equals("canceled") || status.equals("completed"))
                .isPresent();
    }

    @Override
    public void close() {
        elevenLabs.close();
    }
}
