package linekeeper.bootstrap.endtoend;

import static linekeeper.bootstrap.endtoend.World.awaitStatus;
import static linekeeper.bootstrap.endtoend.World.call;
import static linekeeper.bootstrap.endtoend.World.json;
import static linekeeper.bootstrap.endtoend.World.place;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;

import linekeeper.telephony.bolna.fake.AutomaticLife;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Who knows the id of a call notices nothing of its being archived (A4, C9).
@Timeout(180)
final class ArchiveIT {
    private static final List<String> AGED =
            List.of(
                    """
                    INSERT INTO conversations (account_id, conversation_id, call_id, lines)
                    VALUES ('default', 'conv', 'a', 1)
                    """,
                    """
                    INSERT INTO call_transcripts (account_id, conversation_id, sequence, role, message)
                    VALUES ('default', 'conv', 1, 'agent', 'Hello')
                    """,
                    "UPDATE notices SET status = 'delivered'",
                    "DELETE FROM jobs",
                    """
                    UPDATE call_ends SET created_at = created_at - interval '8 days',
                        started_at = started_at - interval '8 days',
                        ended_at = ended_at - interval '8 days'
                    """,
                    "UPDATE calls SET created_at = created_at - interval '8 days'");

    @TempDir Path folder;

    @Test
    void keepsAnsweringForACallThatIsArchived() throws Exception {
        try (World world = new World(folder)) {
            ServiceProcess service = world.service(Map.of("LINEKEEPER_ARCHIVE_AFTER", "P7D"));
            world.bolna.live(
                    new AutomaticLife(
                            List.of(service.webhook()),
                            Duration.ofMillis(20),
                            Duration.ofMillis(50),
                            7));
            place(service, "default", "a");
            Until.holds(
                    World.PATIENCE,
                    "a has ended",
                    () -> !call(service, "default", "a").isNull("ended_at"));
            JsonObject before = call(service, "default", "a");

            for (String sql : AGED) {
                world.tables.change(sql);
            }
            Until.holds(
                    World.PATIENCE,
                    "a is archived",
                    () -> world.count("SELECT count(*) FROM archived_calls") == 1);

            assertThat(world.count("SELECT count(*) FROM calls")).isZero();
            awaitStatus(service, "a", before.getString("status"));
            assertThat(call(service, "default", "a").getString("execution_id"))
                    .isEqualTo(before.getString("execution_id"));
            assertThat(service.get("default", "/api/calls/a/transcript").body()).contains("Hello");
            assertThat(service.get("default", "/api/calls/a/events").body()).contains("accepted");
            assertThat(json(service.get("default", "/api/calls").body()).getJsonArray("items"))
                    .isEmpty();
            assertRepetitionsDialNobody(world, service);
            assertLateWebhooksAreHarmless(world, service);
        }
    }

    private static void assertRepetitionsDialNobody(World world, ServiceProcess service)
            throws Exception {
        HttpResponse<String> same = place(service, "default", "a");
        assertThat(same.statusCode()).isEqualTo(200);
        assertThat(same.headers().firstValue("Idempotent-Replay")).contains("true");
        HttpResponse<String> other =
                place(service, "default", "a", ",\"contact_name\":\"Somebody else\"");
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).contains("contact_name");
        assertThat(world.bolna.ledger().all()).hasSize(1);
    }

    private static void assertLateWebhooksAreHarmless(World world, ServiceProcess service)
            throws Exception {
        String again = world.bolna.ledger().all().getFirst().full().toString();
        HttpResponse<String> answer =
                service.post("default", "/webhooks/bolna/" + ServiceProcess.WEBHOOK_TOKEN, again);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(world.count("SELECT count(*) FROM archived_calls")).isEqualTo(1);
        assertThat(world.count("SELECT count(*) FROM calls")).isZero();
        assertThat(world.count("SELECT count(*) FROM active_calls")).isZero();
    }
}
