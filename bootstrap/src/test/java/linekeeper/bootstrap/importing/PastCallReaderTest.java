package linekeeper.bootstrap.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import linekeeper.application.port.PastCalls.PastCall;
import linekeeper.domain.AccountId;
import linekeeper.domain.InvalidValue;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.Direction;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.Failure;
import linekeeper.domain.call.Outcome;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;

/// What a record says, in both formats (C6, E6).
final class PastCallReaderTest {
    private static final Instant NOW = Instant.parse("2026-03-29T01:00:00Z");
    private static final String BASE =
            "\"phone_number\":\"+14155550100\",\"created_at\":\"2025-11-21T10:30:00Z\"";
    private final PastCallReader reader =
            new PastCallReader(AccountId.DEFAULT, new ProviderName("imported"), NOW);

    @Test
    void readsEveryFieldOfARecord() throws IOException {
        EndedCall call =
                csv("""
                \uFEFFcallSid,driver_id,Phone Number,from_number,status,direction,created_at,started_at,ended_at,duration_seconds,conversation_id,execution_id,provider,recording_url,campaign_id,agent_id,contact_name,user_data,cost,region
                s-1,7,+1 (415) 555-0100,+14155550199,completed,INBOUND,2025-11-21 10:30:00,2025-11-21T10:30:05+00:00,2025-11-21T10:31:00Z,55,conv,ex,ElevenLabs,https://example.org/a.mp3,autumn,agent,"Zoë, the 1st","{""a"":1}",0.25,north
                """)
                        .call();
        assertThat(call.key().call().value()).isEqualTo("s-1");
        assertThat(call.accepted().direction()).isEqualTo(Direction.INBOUND);
        assertThat(call.accepted().provider()).isEqualTo(new ProviderName("elevenlabs"));
        assertThat(call.accepted().createdAt()).isEqualTo(Instant.parse("2025-11-21T10:30:00Z"));
        assertThat(call.span().startedAt()).isEqualTo(Instant.parse("2025-11-21T10:30:05Z"));
        assertThat(call.span().endedAt()).isEqualTo(Instant.parse("2025-11-21T10:31:00Z"));
        assertThat(call.status()).isEqualTo(CallStatus.COMPLETED);
        assertThat(call.facts().durationSeconds()).isEqualByComparingTo("55");
        assertThat(call.facts().cost()).isEqualByComparingTo("0.25");
        var request = call.accepted().request();
        assertThat(request.recipient().phone().value()).isEqualTo("+14155550100");
        assertThat(request.recipient().name()).isEqualTo("Zoë, the 1st");
        assertThat(request.userData().json()).isEqualTo("{\"a\":1,\"region\":\"north\"}");
    }

    @Test
    void makesTheIdOfDriverAndSecond() throws IOException {
        assertThat(json(BASE + ",\"driver_id\":12345").call().key().call().value())
                .isEqualTo("EL_12345_1763721000");
        PastCall nobody = json(BASE);
        assertThat(nobody.call().key().call().value()).isEqualTo("EL_UNKNOWN_1763721000");
        assertThat(nobody.named()).isFalse();
        assertThat(nobody.distinctId().value())
                .isEqualTo("EL_UNKNOWN_1763721000_" + nobody.fingerprint().substring(0, 8));
    }

    @Test
    void knowsARecordByItsContentAlone() throws IOException {
        String swapped =
                "\"created_at\":\"2025-11-21T10:30:00Z\",\"phone_number\":\"+14155550100\",\"note\":null";
        PastCall csv = csv("phone_number,note,created_at\n+14155550100,,2025-11-21T10:30:00Z\n");
        assertThat(json(swapped).fingerprint())
                .isEqualTo(json(BASE).fingerprint())
                .isEqualTo(csv.fingerprint());
        assertThat(json(BASE + ",\"note\":1").fingerprint()).isNotEqualTo(csv.fingerprint());
    }

    @ParameterizedTest
    @CsvSource({"'',", "queued,queued", "in-progress,in-progress", "Pending,Pending"})
    void endsWhatHasNoEnd(String status, @Nullable String kept) throws IOException {
        EndedCall call = json(BASE + ",\"status\":\"" + status + "\"").call();
        assertThat(((Outcome.Failed) call.outcome()).failure().code())
                .isEqualTo("IMPORTED_UNFINISHED");
        assertThat(call.accepted().request().userData().json())
                .isEqualTo(kept == null ? "{}" : "{\"imported_status\":\"" + kept + "\"}");
    }

    @Test
    void keepsErrorsInTheShapeOfOurs() throws IOException {
        EndedCall failed =
                json(BASE
                                + ",\"status\":\"failed\",\"error_code\":\"no"
                                + " credit!\",\"error_message\":\"x\"")
                        .call();
        assertThat(failed.outcome()).isEqualTo(new Outcome.Failed(new Failure("NO_CREDIT_", "x")));
        EndedCall busy = json(BASE + ",\"status\":\"busy\",\"error_code\":\"17\"").call();
        assertThat(busy.outcome()).isEqualTo(new Outcome.Busy());
        assertThat(busy.accepted().request().userData().json())
                .isEqualTo("{\"error_code\":\"17\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "phone_number | \"phone_number\":\"no\"",
                "phone_number | \"phone_number\":[1]",
                "created_at | \"created_at\":\"yesterday\"",
                "status | \"status\":\"weird\"",
                "direction | \"direction\":\"sideways\"",
                "duration_seconds | \"duration_seconds\":\"-1\"",
                "duration_seconds | \"duration_seconds\":1e999999",
                "cost | \"cost\":\"much\"",
                "ended_at | \"ended_at\":\"2020-01-01T00:00:00Z\"",
                "ended_at | \"ended_at\":\"2030-01-01T00:00:00Z\"",
                "call_id | \"call_id\":\"with space\"",
                "provider | \"provider\":\"x 1\"",
                "user_data | \"user_data\":\"[]\"",
                "attempt | \"attempt\":0",
                "priority | \"priority\":5000"
            })
    void namesTheFieldThatIsWrong(String field, String member) {
        assertThatThrownBy(() -> json(without(field) + member))
                .isInstanceOfSatisfying(
                        InvalidValue.class, e -> assertThat(e.field()).isEqualTo(field));
    }

    @Test
    void tellsLinesApartAndBrokenRowsFromFiles() throws IOException {
        Rows csv = new CsvRows(bytes("a,b\n1,\"two\nlines\"\n\n3\n4,5\n"));
        assertThat(next(csv).line()).isEqualTo(2);
        assertThat(next(csv).broken()).isEqualTo("has 1 columns, the header 2");
        assertThat(next(csv).fields()).hasSize(2);
        assertThat(csv.next()).isNull();
        Rows json = new JsonRows(bytes("{\"a\":1}\n\n[1]\n{broken\n{\"a\":2}"));
        assertThat(next(json).line()).isEqualTo(1);
        assertThat(next(json).broken()).isEqualTo("is no JSON object");
        assertThat(next(json).broken()).isEqualTo("is no well-formed JSON");
        assertThat(next(json).line()).isEqualTo(5);
        assertThat(json.next()).isNull();
    }

    @Test
    void refusesWhatWouldNotFitIntoMemory() throws IOException {
        Rows csv = new CsvRows(bytes("a,b\n1,\"" + "x".repeat(3 << 20)));
        assertThatThrownBy(csv::next)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 2");
        Rows json = new JsonRows(bytes("\"" + "x".repeat(3 << 20) + "\"\n{}"));
        assertThat(next(json).broken()).contains("characters");
        assertThat(next(json).broken()).isEmpty();
        assertThatThrownBy(() -> new CsvRows(bytes(""))).isInstanceOf(IOException.class);
    }

    private static String without(String field) {
        String[] members = BASE.split(",", 2);
        String kept = "";
        for (String member : members) {
            kept += member.startsWith("\"" + field + "\"") ? "" : member + ",";
        }
        return kept;
    }

    private PastCall csv(String text) throws IOException {
        return reader.read(next(new CsvRows(bytes(text))));
    }

    private PastCall json(String members) throws IOException {
        return reader.read(next(new JsonRows(bytes("{" + members + "}"))));
    }

    private static Row next(Rows rows) throws IOException {
        Row row = rows.next();
        return Objects.requireNonNull(row);
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
