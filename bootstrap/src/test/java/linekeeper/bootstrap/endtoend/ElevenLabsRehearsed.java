package linekeeper.bootstrap.endtoend;

import linekeeper.telephony.elevenlabs.fake.FakeConversation;
import linekeeper.telephony.elevenlabs.fake.FakeElevenLabs;
import linekeeper.telephony.elevenlabs.fake.Fault;
import linekeeper.telephony.elevenlabs.fake.SignedEvents;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// ElevenLabs, as the suite rehearses it. It posts nothing before a call is over.
final class ElevenLabsRehearsed implements ProviderFake {
    private static final String SECRET = "wsec_suite";

    private final FakeElevenLabs elevenLabs = FakeElevenLabs.start();
    private final Map<String, Course> courses = new ConcurrentHashMap<>();

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
            case RINGING -> elevenLabs.become(conversation, "initiated");
            case ANSWERED -> elevenLabs.become(conversation, "in-progress");
            case COMPLETED -> elevenLabs.become(conversation, "done");
            case NO_ANSWER -> elevenLabs.become(conversation, "failed", "no_answer");
            case BUSY -> elevenLabs.become(conversation, "failed", "busy");
        }
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
        return false;
    }

    @Override
    public boolean toldToHangUp(String callId) {
        return false;
    }

    @Override
    public void close() {
        elevenLabs.close();
    }
}
