package linekeeper.bootstrap.endtoend;

import static linekeeper.bootstrap.endtoend.World.awaitStatus;
import static linekeeper.bootstrap.endtoend.World.call;
import static linekeeper.bootstrap.endtoend.World.errorCode;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.telephony.twilio.fake.Callbacks;
import linekeeper.telephony.twilio.fake.FakeCall;
import linekeeper.telephony.twilio.fake.FakeTwilio;
import linekeeper.telephony.twilio.fake.Fault;
import linekeeper.telephony.twilio.fake.SignedCallback;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The real service over Twilio's contract: dialed once, told by signed callbacks under a public address
/// that is not the service's own, settled when they stay away (C3, H1-H3, H5).
@Timeout(180)
final class TwilioIT {
    @TempDir static Path folder;
    private static final FakeTwilio TWILIO = FakeTwilio.start();
    private static World world;
    private static ServiceProcess service;

    @BeforeAll
    static void open() throws Exception {
        world = new World(folder);
        Map<String, String> settings = new HashMap<>();
        settings.put("LINEKEEPER_PROVIDER", "twilio");
        settings.put("LINEKEEPER_PUBLIC_URL", "https://calls.example.com");
        settings.put("LINEKEEPER_LIMIT_ACCOUNT", "50");
        settings.put("LINEKEEPER_TWILIO_URL", TWILIO.url().toString());
        settings.put("LINEKEEPER_TWILIO_ACCOUNTSID", FakeTwilio.ACCOUNT_SID);
        settings.put("LINEKEEPER_TWILIO_AUTHTOKEN", FakeTwilio.AUTH_TOKEN);
        settings.put("LINEKEEPER_TWILIO_FROM", "+14155550199");
        settings.put("LINEKEEPER_TWILIO_VOICEURL", "https://voice.example.com/twiml");
        settings.put("LINEKEEPER_TWILIO_AMD", "enable");
        settings.put("LINEKEEPER_TWILIO_RECORD", "true");
        service = world.service(settings);
    }

    @AfterAll
    static void close() {
        world.close();
        TWILIO.close();
    }

    @Test
    void aMachineHeardBeforeTheEndMakesItAVoicemail() throws Exception {
        FakeCall call = placed("machine", "+14155550101");

        assertThat(tell(call, "initiated")).isEqualTo(200);
        assertThat(tell(call, "in-progress")).isEqualTo(200);
        assertThat(post(Callbacks.machineDetection(call, "machine_start"))).isEqualTo(200);
        call.answeredBy(null);
        assertThat(tell(call, "completed")).isEqualTo(200);
        assertThat(tell(call, "ringing")).isEqualTo(200);
        assertThat(post(Callbacks.recording(call, "completed"))).isEqualTo(200);

        var ended = call(service, "default", "machine");
        assertThat(ended.getString("status")).isEqualTo("voicemail");
        assertThat(ended.getString("answered_by")).isEqualTo("machine_start");
        assertThat(ended.getString("recording_url")).endsWith(".mp3");
        assertThat(ended.getJsonNumber("duration_seconds").intValue()).isEqualTo(41);
        assertThat(creates("machine")).isEqualTo(1);
    }

    @Test
    void aCallbackBindsACallWhoseAnswerWasLost() throws Exception {
        TWILIO.next(Fault.ERROR_500_AFTER);
        FakeCall call = placed("lost-bound", "+14155550102");

        assertThat(tell(call, "ringing")).isEqualTo(200);

        assertThat(call(service, "default", "lost-bound").getString("status")).isEqualTo("ringing");
        assertThat(tell(call, "no-answer")).isEqualTo(200);
        awaitStatus(service, "lost-bound", "no_answer");
        assertThat(creates("lost-bound")).isEqualTo(1);
    }

    @Test
    void aLostCallIsFoundWithoutAnyCallback() throws Exception {
        TWILIO.next(Fault.DROP_AFTER);
        FakeCall call = placed("lost-found", "+14155550103");
        call.become("busy");

        awaitStatus(service, "lost-found", "busy");

        assertThat(call(service, "default", "lost-found").getString("execution_id"))
                .isEqualTo(call.sid());
        assertThat(creates("lost-found")).isEqualTo(1);
    }

    @Test
    void aRefusalEndsTheCallWithTwiliosNumber() throws Exception {
        place("refused", "+15005550001");

        awaitStatus(service, "refused", "failed");

        assertThat(errorCode(call(service, "default", "refused"))).isEqualTo("TWILIO_21217");
    }

    @Test
    void aQueuedCallIsTakenBackAtOnce() throws Exception {
        FakeCall call = placed("cancel", "+14155550104");
        awaitBound("cancel");

        assertThat(service.post("default", "/api/calls/cancel/cancel", "").statusCode())
                .isEqualTo(200);

        assertThat(call.status()).isEqualTo("canceled");
        assertThat(call(service, "default", "cancel").getString("status")).isEqualTo("cancelled");
    }

    @Test
    void anAnsweredCallIsHungUpAndItsCallbackTellsTheEnd() throws Exception {
        FakeCall call = placed("hang-up", "+14155550105");
        awaitBound("hang-up");
        assertThat(tell(call, "in-progress")).isEqualTo(200);

        assertThat(service.post("default", "/api/calls/hang-up/cancel", "").statusCode())
                .isEqualTo(202);

        assertThat(call.status()).isEqualTo("completed");
        assertThat(tell(call, "completed")).isEqualTo(200);
        assertThat(call(service, "default", "hang-up").getString("status")).isEqualTo("completed");
    }

    @Test
    void nobodyElseIsBelieved() throws Exception {
        FakeCall call = placed("forged", "+14155550106");
        call.become("busy");
        SignedCallback genuine = Callbacks.status(call);
        Map<String, String> changed = new HashMap<>(genuine.form());
        changed.put("CallStatus", "completed");
        assertThat(new SignedCallback(genuine.url(), changed).post(base(), genuine.signature()))
                .isEqualTo(401);
        SignedCallback empty = new SignedCallback(genuine.url(), Map.of());
        assertThat(post(empty)).isEqualTo(400);
        SignedCallback strangers =
                new SignedCallback(genuine.url().replace("forged", "nobody"), genuine.form());
        assertThat(post(strangers)).isEqualTo(400);
        assertThat(post(genuine)).isEqualTo(200);
    }

    private static FakeCall placed(String id, String number) throws Exception {
        place(id, number);
        Until.holds(World.PATIENCE, id + " is placed", () -> find(id) != null);
        return find(id);
    }

    private static void place(String id, String number) throws Exception {
        var answer =
                service.post(
                        "default",
                        "/api/calls/outbound",
                        "{\"custom_call_id\":\"%s\",\"phone_number\":\"%s\"}"
                                .formatted(id, number));
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    private static void awaitBound(String id) throws Exception {
        Until.holds(
                World.PATIENCE,
                id + " is bound",
                () -> !call(service, "default", id).isNull("execution_id"));
    }

    private static FakeCall find(String id) {
        return TWILIO.calls().stream()
                .filter(call -> isFor(id, call.request().one("StatusCallback")))
                .findFirst()
                .orElse(null);
    }

    private static long creates(String id) {
        return TWILIO.creates().stream()
                .filter(request -> isFor(id, request.one("StatusCallback")))
                .count();
    }

    private static boolean isFor(String id, String callback) {
        return callback.contains("&call_id=" + id + "&");
    }

    private static int tell(FakeCall call, String status) throws Exception {
        call.become(status);
        return post(Callbacks.status(call));
    }

    private static int post(SignedCallback callback) throws Exception {
        return callback.post(base());
    }

    private static String base() {
        return service.webhook().toString().replaceFirst("/webhooks/.*", "");
    }
}
