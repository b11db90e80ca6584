package linekeeper.bootstrap.endtoend;

import static linekeeper.bootstrap.endtoend.World.awaitStatus;
import static linekeeper.bootstrap.endtoend.World.call;
import static linekeeper.bootstrap.endtoend.World.errorCode;
import static linekeeper.bootstrap.endtoend.World.json;
import static linekeeper.bootstrap.endtoend.World.place;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.telephony.bolna.fake.FakeExecution;
import linekeeper.telephony.bolna.fake.Fault;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;

/// Answers that get lost and webhooks in any number and order, against the real service (A4, H1-H3).
@Timeout(180)
final class LostAnswersIT {
    @TempDir static Path folder;
    private static World world;
    private static ServiceProcess service;

    @BeforeAll
    static void open() throws Exception {
        world = new World(folder);
        service = world.service(Map.of("LINEKEEPER_LIMIT_ACCOUNT", "50"));
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @Test
    void aLookUpBindsACallWhoseAnswerWasLost() throws Exception {
        world.bolna.next(Fault.HANG_AFTER);
        place(service, "default", "lost-after");
        awaitStatus(service, "lost-after", "dial_unknown");
        assertThat(slots("lost-after")).isEqualTo(1);

        awaitStatus(service, "lost-after", "dialing");

        FakeExecution placed = execution("lost-after");
        assertThat(call(service, "default", "lost-after").getString("execution_id"))
                .isEqualTo(placed.id());
        assertThat(world.bolna.ledger().creates("default", "lost-after", 1)).isEqualTo(1);
        tell(placed, "completed");
        awaitStatus(service, "lost-after", "completed");
        assertThat(slots("lost-after")).isZero();
    }

    @Test
    void aWebhookBindsACallWhoseAnswerWasLost() throws Exception {
        world.bolna.next(Fault.HANG_AFTER);
        place(service, "default", "webhook-binds");
        awaitStatus(service, "webhook-binds", "dial_unknown");

        tell(execution("webhook-binds"), "ringing");

        assertThat(call(service, "default", "webhook-binds").getString("status"))
                .isEqualTo("ringing");
        assertThat(world.bolna.ledger().creates("default", "webhook-binds", 1)).isEqualTo(1);
        tell(execution("webhook-binds"), "busy");
    }

    @Test
    void aCallThatWasNeverPlacedFailsAndFreesItsSlot() throws Exception {
        world.bolna.next(Fault.HANG_BEFORE);
        place(service, "default", "lost-before");
        awaitStatus(service, "lost-before", "dial_unknown");

        awaitStatus(service, "lost-before", "failed");

        assertThat(errorCode(call(service, "default", "lost-before"))).isEqualTo("DIAL_NOT_PLACED");
        assertThat(slots("lost-before")).isZero();
        assertThat(world.bolna.ledger().creates("default", "lost-before", 1)).isEqualTo(1);
    }

    @Test
    void theSameWebhookFiveTimesCountsOnce() throws Exception {
        place(service, "default", "five");
        awaitBound("five");
        FakeExecution placed = execution("five");

        world.bolna.become(placed, "ringing");
        for (int i = 0; i < 5; i++) {
            assertThat(webhook(placed.full().toString()).statusCode()).isEqualTo(200);
        }

        var events = json(service.get("default", "/api/calls/five/events").body());
        assertThat(events.getJsonArray("items").toString().split("\"ringing\"", -1)).hasSize(2);
        tell(placed, "no-answer");
        awaitStatus(service, "five", "no_answer");
    }

    @Test
    void theEndMayComeBeforeTheRinging() throws Exception {
        place(service, "default", "reordered");
        awaitBound("reordered");
        FakeExecution placed = execution("reordered");
        world.bolna.become(placed, "ringing");
        String ringing = placed.full().toString();

        tell(placed, "busy");
        assertThat(webhook(ringing).statusCode()).isEqualTo(200);

        assertThat(call(service, "default", "reordered").getString("status")).isEqualTo("busy");
    }

    @Test
    void anUnknownCallIsABadRequestAndAWrongTokenUnauthorized() throws Exception {
        String stranger =
                """
                {"id":"e1","status":"ringing","context_details":{"recipient_data":
                {"call_id":"stranger","account_id":"default","attempt":1}}}
                """;

        HttpResponse<String> unknown = webhook(stranger);
        HttpResponse<String> forged = service.post("default", "/webhooks/bolna/guess", stranger);

        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(json(unknown.body()).getString("detail")).isEqualTo("Call record not found");
        assertThat(forged.statusCode()).isEqualTo(401);
    }

    @Test
    void aForgedEndIsNotBelieved() throws Exception {
        place(service, "default", "forged");
        awaitBound("forged");
        FakeExecution placed = execution("forged");
        world.bolna.become(placed, "in-progress");
        String forged = placed.full().toString().replace("in-progress", "completed");

        assertThat(webhook(forged).statusCode()).isEqualTo(200);

        assertThat(call(service, "default", "forged").getString("status")).isEqualTo("in_progress");
        tell(placed, "completed");
        awaitStatus(service, "forged", "completed");
    }

    @Test
    void silentCallsAreSettledByAsking() throws Exception {
        place(service, "default", "silent");
        awaitBound("silent");

        world.bolna.become(execution("silent"), "completed");

        awaitStatus(service, "silent", "completed");
    }

    private static void awaitBound(String id) throws Exception {
        Until.holds(
                World.PATIENCE,
                id + " is bound",
                () -> !call(service, "default", id).isNull("execution_id"));
    }

    private static FakeExecution execution(String id) {
        return world.bolna.ledger().all().stream()
                .filter(one -> one.callId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static void tell(FakeExecution execution, String status) throws Exception {
        world.bolna.become(execution, status);
        assertThat(webhook(execution.full().toString()).statusCode()).isEqualTo(200);
    }

    private static HttpResponse<String> webhook(String body) throws Exception {
        return service.post("default", "/webhooks/bolna/" + ServiceProcess.WEBHOOK_TOKEN, body);
    }

    private static long slots(String id) throws Exception {
        return world.count("SELECT count(*) FROM active_calls WHERE call_id = '" + id + "'");
    }
}
