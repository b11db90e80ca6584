package linekeeper.telephony.twilio;

import jakarta.json.JsonObject;

import linekeeper.application.port.DialOrder;
import linekeeper.application.port.ExecutionReport;
import linekeeper.telephony.exchange.Tolerant;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A call in Twilio's list that may be the one that is looked for.
record Candidate(JsonObject row, DialOrder order) {
    /// So far Twilio's clock and ours may be apart.
    private static final Duration MARGIN = Duration.ofMinutes(1);

    /// Twilio's dates have no fractions of a second.
    private static final Duration ROUNDING = Duration.ofSeconds(2);

    /// Whether nothing says that it is not: another number, another direction, an older call.
    boolean mayBe() {
        String direction = Tolerant.text(row, "direction");
        String to = Tolerant.text(row, "to");
        return (direction == null || direction.equals("outbound-api"))
                && (to == null || to.equals(order.request().recipient().phone().value()))
                && !isBefore(order.reservedAt().minus(MARGIN));
    }

    /// Whether it was surely created after the reservation, and is not an attempt from shortly before.
    boolean isAfterReservation() {
        Instant created = created();
        return created != null && !created.isBefore(order.reservedAt().minus(ROUNDING));
    }

    Optional<String> sid() {
        return Optional.ofNullable(Tolerant.text(row, "sid"));
    }

    Optional<ExecutionReport> report() {
        return TwilioReports.of(row, order.echo());
    }

    private boolean isBefore(Instant instant) {
        Instant created = created();
        return created != null && created.isBefore(instant);
    }

    /// Null right after creation.
    private @Nullable Instant created() {
        return TwilioDates.read(Tolerant.text(row, "date_created"));
    }
}
