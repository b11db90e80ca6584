package linekeeper.http;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.CreateLead;
import linekeeper.application.port.Change;
import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Intake;
import linekeeper.application.port.Job;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.Recipient;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.TimelineEvent;
import linekeeper.http.TestApi.Answer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Arrays;

/// Drivers, contacts, leads and their jobs (C1, C8, E1).
final class PeopleTest {
    private final TestApi api = TestApi.keyless();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void callsEveryDriverInTheOrderGiven() {
        Answer answer = drivers(driver("12345", "+14155550100"), driver("7", "+14155550101"));
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().toString())
                .isEqualTo(
                        "{\"calls\":["
                                + "{\"driver_id\":\"12345\",\"call_sid\":"
                                + "\"EL_12345_2025-11-21T10:30:00Z\",\"status\":\"dialing\"},"
                                + "{\"driver_id\":\"7\",\"call_sid\":"
                                + "\"EL_7_2025-11-21T10:30:00Z\",\"status\":\"dialing\"}]}");
        Answer call = api.get("/api/calls/EL_12345_2025-11-21T10:30:00Z");
        assertThat(call.json().getString("driver_id")).isEqualTo("12345");
        assertThat(call.json().getString("direction")).isEqualTo("outbound");
    }

    @Test
    void callsNobodyAgainForARequestThatIsRepeatedUnderItsKey() {
        String body = "{\"drivers\":[" + driver("7", "+14155550101") + "]}";
        Answer first = api.post("/api/calls/drivers", body, "Idempotency-Key", "\"k 1\"");
        first.assertProblem(400);
        assertThat(first.json().toString()).contains("\"field\":\"Idempotency-Key\"");
        first = api.post("/api/calls/drivers", body, "Idempotency-Key", "\"k1\"");
        assertThat(first.status()).isEqualTo(202);
        assertThat(first.header("Idempotent-Replay")).isEmpty();
        api.advance(Duration.ofMinutes(1));

        Answer again = api.post("/api/calls/drivers", body, "Idempotency-Key", "k1");
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.header("Idempotent-Replay")).isEqualTo("true");
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(api.get("/api/calls").json().getJsonArray("items")).hasSize(1);

        String other = "{\"drivers\":[" + driver("8", "+14155550101") + "]}";
        Answer different = api.post("/api/calls/drivers", other, "Idempotency-Key", "k1");
        different.assertProblem(422);
        assertThat(different.json().getString("detail")).contains("Idempotency-Key");
    }

    @Test
    void storesNothingWhenOneDriverIsWrong() {
        String good = driver("1", "+14155550100");
        Answer answer = drivers(good, good, good, driver("4", "nonsense"));
        answer.assertProblem(400);
        assertThat(answer.json().toString()).contains("\"field\":\"drivers[3].phone_number\"");
        assertThat(api.get("/api/calls").json().getJsonArray("items")).isEmpty();
    }

    @Test
    void namesWhateverIsWrongWithTheList() {
        for (String body : new String[] {"{}", "{\"drivers\":[]}", "{\"drivers\":{}}"}) {
            Answer answer = api.post("/api/calls/drivers", body);
            answer.assertProblem(400);
            assertThat(answer.json().toString()).contains("\"field\":\"drivers\"");
        }
        assertThat(drivers("7").json().toString()).contains("\"field\":\"drivers[0]\"");
        assertThat(drivers("{}").json().toString())
                .contains("drivers[0].driver_id", "drivers[0].phone_number");
    }

    @Test
    void refusesMoreDriversThanItTakes() {
        String[] many = new String[1_001];
        Arrays.fill(many, driver("1", "+14155550100"));
        Answer answer = drivers(many);
        answer.assertProblem(400);
        assertThat(answer.json().toString()).contains("1 to 1000");
    }

    @Test
    void keepsContacts() {
        String body =
                "{\"phone_number\":\"+49 30"
                        + " 123456\",\"name\":\"Zoë\",\"time_zone\":\"Asia/Kathmandu\"}";
        Answer put = api.send("PUT", "/api/contacts/c-1", body);
        assertThat(put.status()).isEqualTo(200);
        assertThat(put.json().getString("phone_number")).isEqualTo("+4930123456");
        assertThat(api.get("/api/contacts/c-1").json()).isEqualTo(put.json());
        api.get("/api/contacts/c-2").assertProblem(404);
        Answer wrong =
                api.send(
                        "PUT",
                        "/api/contacts/c-1",
                        "{\"phone_number\":\"+4930123456\",\"time_zone\":\"+01:00\"}");
        wrong.assertProblem(400);
        assertThat(wrong.json().toString()).contains("\"field\":\"time_zone\"");
    }

    @Test
    void callsAContactByItsIdAlone() {
        api.send("PUT", "/api/contacts/c-1", "{\"phone_number\":\"+4930123456\",\"name\":\"Zoë\"}");
        String body = "{\"custom_call_id\":\"call-1\",\"contact_id\":\"c-1\"}";
        assertThat(api.post("/api/calls/outbound", body).status()).isEqualTo(200);
        var call = api.get("/api/calls/call-1").json();
        assertThat(call.getString("phone_number")).isEqualTo("+4930123456");
        assertThat(call.getString("contact_name")).isEqualTo("Zoë");
        api.send("PUT", "/api/contacts/c-1", "{\"phone_number\":\"+4930999999\"}");
        Answer replay = api.post("/api/calls/outbound", body);
        assertThat(replay.status()).isEqualTo(200);
        assertThat(replay.header("Idempotent-Replay")).isEqualTo("true");
        assertThat(api.post("/api/calls/initiate", "{\"contactId\":\"c-1\"}").status())
                .isLessThan(300);
    }

    @Test
    void refusesAnUnknownContact() {
        for (String path : new String[] {"/api/calls/outbound", "/api/calls/initiate"}) {
            Answer answer =
                    api.post(path, "{\"custom_call_id\":\"call-1\",\"contact_id\":\"nobody\"}");
            answer.assertProblem(400);
            assertThat(answer.json().toString()).contains("\"field\":\"contact_id\"");
        }
    }

    @Test
    void listsLeadsAndJobs() {
        Job job = deadJob();
        assertThat(api.get("/api/leads").json().getJsonArray("items")).isEmpty();
        assertThat(api.get("/api/jobs?status=pending").json().getJsonArray("items")).isEmpty();
        var dead = api.get("/api/jobs?status=dead").json().getJsonArray("items").getJsonObject(0);
        assertThat(dead.getString("id")).isEqualTo(Long.toString(job.number()));
        assertThat(dead.getString("last_error")).isEqualTo("why");
        assertThat(
                        api.post("/api/jobs/" + job.number() + "/retry", "{}")
                                .json()
                                .getString("status"))
                .isEqualTo("pending");
        api.post("/api/jobs/" + job.number() + "/retry", "{}").assertProblem(404);
        api.post("/api/jobs/x/retry", "{}").assertProblem(400);
        api.get("/api/jobs?status=weird").assertProblem(400);
        new CreateLead(api.stores.jobs(), api.stores.engine().calls(), api.stores.leads())
                .runOnce(TestApi.NOW);
        var lead = api.get("/api/leads").json().getJsonArray("items").getJsonObject(0);
        assertThat(lead.getString("last_call_id")).isEqualTo("a");
        assertThat(lead.getInt("calls")).isEqualTo(1);
        api.get("/api/leads?cursor=bm9uc2Vuc2U").assertProblem(400);
    }

    private Job deadJob() {
        api.leadsRefused = true;
        CallKey key = new CallKey(AccountId.DEFAULT, new CallId("a"));
        CallRequest request =
                CallRequest.direct(key, new Recipient(new PhoneNumber("+14155550100"), null, null));
        var engine = api.stores.engine();
        var admission =
                engine.intake()
                        .admit(
                                new Intake.Candidate(
                                        request,
                                        FakeProvider.NAME,
                                        TestApi.NOW,
                                        ClaimTerms.of(9, () -> TestApi.NOW)));
        ReservedCall call = ((Intake.Reserved) admission.own()).call();
        var bound = call.bind(new ExecutionId(FakeProvider.NAME, "x"), null, TestApi.NOW);
        engine.calls()
                .change(
                        key,
                        current ->
                                Change.to(
                                        bound.end(
                                                new Outcome.Completed(),
                                                CallFacts.NONE,
                                                TestApi.NOW),
                                        TimelineEvent.of(TestApi.NOW, "ended"),
                                        true));
        Job job = api.stores.jobs().take(Job.Kind.LEAD, TestApi.NOW, TestApi.NOW, 1).getFirst();
        api.stores.jobs().bury(job, "why");
        api.leadsRefused = false;
        return job;
    }

    private Answer drivers(String... drivers) {
        String list = String.join(",", drivers);
        return api.post("/api/calls/drivers", "{\"agent_id\":\"a\",\"drivers\":[" + list + "]}");
    }

    private static String driver(String id, String phone) {
        return "{\"driver_id\":\"%s\",\"phone_number\":\"%s\"}".formatted(id, phone);
    }
}
