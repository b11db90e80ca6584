package linekeeper.bootstrap.endtoend;

import static linekeeper.bootstrap.endtoend.World.awaitStatus;
import static linekeeper.bootstrap.endtoend.World.call;
import static linekeeper.bootstrap.endtoend.World.errorCode;
import static linekeeper.bootstrap.endtoend.World.json;
import static linekeeper.bootstrap.endtoend.World.place;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.telephony.elevenlabs.fake.FakeConversation;
import linekeeper.telephony.elevenlabs.fake.FakeElevenLabs;
import linekeeper.telephony.elevenlabs.fake.Fault;
import linekeeper.telephony.elevenlabs.fake.SignedEvents;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/// Calls through ElevenLabs, against the real service (H1-H3, I3).
@Timeout(180)
final class ElevenLabsIT {
    private static final String SECRET = "wsec_of_the_test";
    private static final FakeElevenLabs ELEVENLABS = FakeElevenLabs.start();

    @TempDir static Path folder;
    private static World world;
    private static ServiceProcess service;

    @BeforeAll
    static void open() throws Exception {
        world = new World(folder);
        service =
                world.service(
                        Map.of(
                                "LINEKEEPER_LIMIT_ACCOUNT", "50",
                                "LINEKEEPER_PROVIDER", "elevenlabs",
                                "LINEKEEPER_ELEVENLABS_URL", ELEVENLABS.url().toString(),
                                "LINEKEEPER_ELEVENLABS_APIKEY", FakeElevenLabs.API_KEY,
                                "LINEKEEPER_ELEVENLABS_AGENT", "agent_1",
                                "LINEKEEPER_ELEVENLABS_PHONENUMBERID", "phnum_1",
                                "LINEKEEPER_ELEVENLABS_WEBHOOKSECRET", "wsec_new," + SECRET));
    }

    @AfterAll
    static void close() {
        world.close();
        ELEVENLABS.close();
    }

    @Test
    void aSignedEventEndsACall() throws Exception {
        FakeConversation placed = bound("done");
        ELEVENLABS.become(placed, "done");
        String event = SignedEvents.transcription(placed);

        assertThat(post(event, "t=1,v0=00").statusCode()).isEqualTo(401);
        assertThat(call(service, "default", "done").getString("status")).isEqualTo("dialing");
        assertThat(post(event).statusCode()).isEqualTo(200);
        assertThat(post(event).statusCode()).isEqualTo(200);

        var ended = call(service, "default", "done");
        assertThat(ended.getString("status")).isEqualTo("completed");
        assertThat(ended.getString("conversation_id")).isEqualTo(placed.id());
        assertThat(ended.getString("recording_url")).endsWith(placed.id() + "/audio");
        assertThat(ended.getInt("duration_seconds")).isEqualTo(12);
    }

    @Test
    void aCallWhoseAnswerWasLostIsFoundAndEnded() throws Exception {
        ELEVENLABS.next(Fault.HANG_AFTER);
        place(service, "default", "lost");
        awaitStatus(service, "lost", "dial_unknown");
        FakeConversation placed = ELEVENLABS.ledger().of("lost");

        assertThat(post(SignedEvents.initiationFailure(placed, "busy")).statusCode())
                .isEqualTo(200);

        awaitStatus(service, "lost", "busy");
        assertThat(ELEVENLABS.ledger().creates("default", "lost", 1)).isEqualTo(1);
    }

    @Test
    void aCallThatWasNeverPlacedFails() throws Exception {
        ELEVENLABS.next(Fault.DROP_BEFORE);
        place(service, "default", "never");
        awaitStatus(service, "never", "failed");
        ELEVENLABS.next(Fault.NOT_PLACED);
        place(service, "default", "refused");
        awaitStatus(service, "refused", "failed");

        assertThat(errorCode(call(service, "default", "never"))).isEqualTo("DIAL_NOT_PLACED");
        assertThat(errorCode(call(service, "default", "refused")))
                .isEqualTo("ELEVENLABS_NOT_PLACED");
        assertThat(ELEVENLABS.ledger().creates("default", "never", 1)).isEqualTo(1);
    }

    @Test
    void aLiveCallCannotBeHungUpWithoutItsCarrier() throws Exception {
        bound("live");

        HttpResponse<String> answer = service.post("default", "/api/calls/live/cancel", "");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(json(answer.body()).getString("detail"))
                .contains("LINEKEEPER_TWILIO_ACCOUNTSID");
    }

    @Test
    void eventsThatConcernNoCallAreTakenAndThoseOfNobodyAreNot() throws Exception {
        String stranger =
                """
                {"type":"post_call_transcription","data":{"conversation_id":"c","status":"done",
                "conversation_initiation_client_data":{"dynamic_variables":
                {"call_id":"stranger","account_id":"default","attempt":1}}}}
                """;

        assertThat(post("{\"type\":\"of_next_year\",\"data\":{}}").statusCode()).isEqualTo(200);
        assertThat(post("{}").statusCode()).isEqualTo(400);
        HttpResponse<String> unknown = post(stranger);
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(json(unknown.body()).getString("detail")).isEqualTo("Call record not found");
    }

    private static FakeConversation bound(String id) throws Exception {
        place(service, "default", id);
        Until.holds(
                World.PATIENCE,
                id + " is bound",
                () -> !call(service, "default", id).isNull("execution_id"));
        return ELEVENLABS.ledger().of(id);
    }

    private static HttpResponse<String> post(String event) throws Exception {
        byte[] body = event.getBytes(StandardCharsets.UTF_8);
        return post(event, SignedEvents.signature(SECRET, Instant.now(), body));
    }

    private static HttpResponse<String> post(String event, String signature) throws Exception {
        return service.webhook(
                "/webhooks/elevenlabs", event, Map.of(SignedEvents.HEADER, signature));
    }
}
