package linekeeper.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonReader;

import linekeeper.application.port.Transcripts.Conversation;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.call.Spoken;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.StringReader;
import java.util.List;

/// Reading transcripts, and the hook that brings them line by line (C3 to C5, contract 2 and 6).
final class TranscriptsTest {
    private static final String HOOK = "/webhooks/elevenlabs/transcript";
    private static final String[] TOKEN = {"Authorization", "Bearer " + TestApi.TOOL_TOKEN};
    private static final CallKey A = new CallKey(AccountId.DEFAULT, new CallId("a"));

    private final TestApi api = TestApi.keyless();

    @BeforeEach
    void aCallIsThere() {
        api.post(
                "/api/calls/outbound",
                "{\"custom_call_id\":\"a\",\"phone_number\":\"+14155550100\"}");
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void showsTheLinesAsABareArray() {
        api.transcripts.replace(
                new Conversation(A, 1, null),
                List.of(
                        new Spoken("assistant", "Hello", TestApi.NOW),
                        new Spoken("user", "Who?", null)),
                true);

        TestApi.Answer answer = api.get("/api/calls/a/transcript");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text())
                .isEqualTo(
                        "[{\"sequence\":1,\"role\":\"agent\",\"text\":\"Hello\","
                            + "\"at\":\"2025-11-21T10:30:00Z\"},"
                            + "{\"sequence\":2,\"role\":\"user\",\"text\":\"Who?\",\"at\":null}]");
        assertThat(array(api.get("/api/calls/a/transcript?after=1").text())).hasSize(1);
        assertThat(api.get("/api/calls/a/transcript?after=-1").status()).isEqualTo(400);
    }

    @Test
    void showsNothingOfASilentCallAndKnowsNoOther() {
        assertThat(api.get("/api/calls/a/transcript").text()).isEqualTo("[]");
        assertThat(api.get("/api/calls/nobody/transcript").status()).isEqualTo(404);
    }

    @Test
    void takesInLines() {
        TestApi.Answer taken =
                api.post(
                        HOOK, "{\"call_sid\":\"a\",\"role\":\"user\",\"message\":\"Who?\"}", TOKEN);
        api.post(
                HOOK,
                "{\"call_id\":\"a\",\"account_id\":\"default\",\"role\":\"Assistant\","
                        + "\"message\":\"Me\",\"at\":\"2025-11-21T11:30:00+01:00\"}",
                TOKEN);

        assertThat(taken.status()).isEqualTo(200);
        assertThat(taken.text()).isEqualTo("{}");
        assertThat(array(api.get("/api/calls/a/transcript").text()))
                .extracting(line -> line.asJsonObject().getString("role"))
                .containsExactly("user", "agent");
        assertThat(api.transcripts.of(A, 0, 9))
                .allMatch(line -> TestApi.NOW.equals(line.spoken().at()));
    }

    @Test
    void knowsNoOtherCall() {
        TestApi.Answer answer =
                api.post(HOOK, "{\"call_sid\":\"b\",\"role\":\"user\",\"message\":\"Hi\"}", TOKEN);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("detail")).isEqualTo("Call record not found");
    }

    @Test
    void saysThatACallFailedBeforeItHadAConversation() {
        api.post(
                "/api/calls/initiate",
                "{\"callId\":\"r\",\"agentId\":\"refuse\",\"phoneNumber\":\"+14155550100\"}");

        TestApi.Answer answer =
                api.post(HOOK, "{\"call_sid\":\"r\",\"role\":\"user\",\"message\":\"Hi\"}", TOKEN);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("detail")).contains("conversation");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | call_sid",
                "{'role':'user','message':'Hi'} | call_sid",
                "{'call_sid':'a b','role':'user','message':'Hi'} | call_sid",
                "{'call_sid':'a','message':'Hi'} | role",
                "{'call_sid':'a','role':'robot','message':'Hi'} | role",
                "{'call_sid':'a','role':'user'} | message",
                "{'call_sid':'a','role':'user','message':'  '} | message",
                "{'call_sid':'a','role':'user','message':7} | message",
                "{'call_sid':'a','role':'user','message':'Hi','at':'noon'} | at",
                "{'call_sid':'a','role':'user','message':'Hi','account_id':''} | account_id"
            })
    void namesTheWrongField(String body, String field) {
        TestApi.Answer answer = api.post(HOOK, body.replace('\'', '"'), TOKEN);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getJsonArray("errors"))
                .extracting(error -> error.asJsonObject().getString("field"))
                .contains(field);
        assertThat(api.transcripts.of(A, 0, 9)).isEmpty();
    }

    @Test
    void takesInMessagesUpToTheirLimit() {
        assertThat(hear("x".repeat(20_000)).status()).isEqualTo(200);
        assertThat(hear("x".repeat(20_001)).status()).isEqualTo(400);
    }

    @Test
    void trustsNobodyWithoutTheToken() {
        String line = "{\"call_sid\":\"a\",\"role\":\"user\",\"message\":\"Hi\"}";

        assertThat(api.post(HOOK, line).status()).isEqualTo(401);
        assertThat(api.post(HOOK, line, "Authorization", "Bearer other").status()).isEqualTo(401);
        assertThat(api.post(HOOK, line, "Authorization", "Bearer ").status()).isEqualTo(401);
        try (TestApi without = TestApi.withAdminKey()) {
            assertThat(without.post(HOOK, line, TOKEN).status()).isEqualTo(401);
        }
        assertThat(api.transcripts.of(A, 0, 9)).isEmpty();
    }

    @Test
    void asksForTheLineAgainWhileTheDatabaseIsAway() {
        api.calls.goDown();

        assertThat(hear("Hi").status()).isEqualTo(503);
    }

    private TestApi.Answer hear(String message) {
        return api.post(
                HOOK,
                "{\"call_sid\":\"a\",\"role\":\"user\",\"message\":\"" + message + "\"}",
                TOKEN);
    }

    private static JsonArray array(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readArray();
        }
    }
}
