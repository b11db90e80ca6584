package linekeeper.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;

import linekeeper.application.port.Analytics;
import linekeeper.application.port.Analytics.By;
import linekeeper.application.port.Analytics.Group;
import linekeeper.domain.call.CallStatus;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// How calls went, and hiding those that are over (F8, C9; contract 3).
class CallAnalyticsTest {
    private static final Group AUTUMN =
            new Group(
                    "autumn",
                    8,
                    Map.of(CallStatus.COMPLETED, 2L, CallStatus.BUSY, 4L),
                    6,
                    3,
                    9,
                    2,
                    new BigDecimal("61"),
                    new BigDecimal("0.25"));
    private static final Group NOTHING =
            new Group(null, 1, Map.of(), 0, 0, 0, 0, BigDecimal.ZERO, BigDecimal.ZERO);

    private final TestApi api = TestApi.keyless();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void showsShares() {
        api.analytics.groups = List.of(AUTUMN, NOTHING);

        JsonObject answer = api.get("/api/analytics?group_by=campaign").json();

        JsonObject autumn = answer.getJsonArray("items").getJsonObject(0);
        assertThat(autumn.getString("key")).isEqualTo("autumn");
        assertThat(autumn.getJsonObject("ended").getInt("busy")).isEqualTo(4);
        assertThat(autumn.getJsonNumber("answer_rate").doubleValue()).isEqualTo(0.5);
        assertThat(autumn.getJsonNumber("completion_rate").doubleValue()).isEqualTo(0.3333);
        assertThat(autumn.getJsonNumber("mean_duration_seconds").doubleValue()).isEqualTo(30.5);
        assertThat(autumn.getJsonNumber("total_cost").doubleValue()).isEqualTo(0.25);
        JsonObject nothing = answer.getJsonArray("items").getJsonObject(1);
        assertThat(nothing.isNull("key")).isTrue();
        assertThat(nothing.isNull("answer_rate")).isTrue();
        assertThat(answer.getBoolean("truncated")).isFalse();
    }

    @Test
    void asksForTheLastThirtyDaysUnlessTold() {
        api.get("/api/analytics?group_by=day");

        assertThat(api.analytics.asked)
                .isEqualTo(
                        new Analytics.Query(
                                By.DAY, Instant.parse("2025-10-22T10:30:00Z"), TestApi.NOW));
    }

    @Test
    void showsAThousandGroupsAtMost() {
        api.analytics.groups = Collections.nCopies(1_001, AUTUMN);

        JsonObject answer = api.get("/api/analytics?group_by=driver").json();

        assertThat(answer.getJsonArray("items")).hasSize(1_000);
        assertThat(answer.getBoolean("truncated")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'', group_by",
        "group_by=moon, group_by",
        "group_by=day&from=yesterday, from",
        "group_by=day&from=2025-11-22T00:00:00Z, from",
        "group_by=day&from=2024-11-19T00:00:00Z&to=2025-11-21T00:00:00Z, from"
    })
    void refusesWhatItCannotAnswer(String query, String field) {
        TestApi.Answer answer = api.get("/api/analytics?" + query);

        answer.assertProblem(400);
        JsonObject error = answer.json().getJsonArray("errors").getJsonObject(0);
        assertThat(error.getString("field")).isEqualTo(field);
    }

    @Test
    void hidesACallThatIsOver() {
        String call = "{\"custom_call_id\":\"a\",\"phone_number\":\"+15550001111\"}";
        api.post("/api/calls/outbound", call);
        api.send("DELETE", "/api/calls/a", null).assertProblem(409);
        api.post("/api/slots/a/release", "");

        assertThat(api.send("DELETE", "/api/calls/a", null).status()).isEqualTo(200);
        assertThat(api.send("DELETE", "/api/calls/a", null).status()).isEqualTo(200);

        api.get("/api/calls/a").assertProblem(410);
        assertThat(api.get("/api/calls").json().getJsonArray("items")).isEmpty();
        assertThat(api.get("/api/calls/a/events").status()).isEqualTo(200);
        TestApi.Answer again = api.post("/api/calls/outbound", call);
        assertThat(again.header("Idempotent-Replay")).isEqualTo("true");
        api.send("DELETE", "/api/calls/unknown", null).assertProblem(404);
    }
}
