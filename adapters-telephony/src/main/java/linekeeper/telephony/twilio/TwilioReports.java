package linekeeper.telephony.twilio;

import jakarta.json.JsonObject;

import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.ExecutionReport.Echo;
import linekeeper.domain.ConversationId;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.InvalidValue;
import linekeeper.domain.call.CallFacts;
import linekeeper.telephony.exchange.Tolerant;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.Optional;

/// Reads Twilio's Call resource. Every number in it is a string.
final class TwilioReports {
    private TwilioReports() {}

    /// @param echo whose call it is, if that is known; the resource does not say
    static Optional<ExecutionReport> of(JsonObject call, @Nullable Echo echo) {
        String sid = Tolerant.text(call, "sid");
        String status = Tolerant.text(call, "status");
        if (sid == null || status == null) {
            return Optional.empty();
        }
        try {
            CallFacts facts = facts(sid, call);
            return Optional.of(
                    new ExecutionReport(
                            new ExecutionId(TwilioProvider.NAME, sid),
                            echo,
                            TwilioStatus.stage(status, facts, null),
                            facts));
        } catch (InvalidValue e) {
            return Optional.empty();
        }
    }

    private static CallFacts facts(String sid, JsonObject call) {
        return new CallFacts(
                new ConversationId(sid),
                null,
                Tolerant.text(call, "answered_by"),
                Tolerant.number(call, "duration"),
                cost(call),
                null);
    }

    /// Twilio writes what it charges as a negative amount.
    private static @Nullable BigDecimal cost(JsonObject call) {
        BigDecimal price = Tolerant.number(call, "price");
        return price == null ? null : price.negate();
    }
}
