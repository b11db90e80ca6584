package linekeeper.telephony.bolna;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

import linekeeper.application.port.DialOrder;
import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.Lookup;
import linekeeper.telephony.exchange.Exchange;
import linekeeper.telephony.exchange.Tolerant;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// Looks for a call whose dial was never answered. Bolna cannot be asked for our id, so the agent's
/// executions of that time are listed, those of another number passed over, and each other one opened
/// to read our id in it. "Absent" is said only when the whole list was read and every candidate opened.
final class BolnaSearch {
    private static final int PAGE_SIZE = 50;
    private static final int MOST_PAGES = 20;
    private static final Duration MARGIN = Duration.ofMinutes(1);
    private static final Duration LONGEST_WINDOW = Duration.ofDays(7).minus(MARGIN);
    private static final DateTimeFormatter UTC_MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final BolnaApi api;

    BolnaSearch(BolnaApi api) {
        this.api = api;
    }

    Lookup find(DialOrder order, String agent, Instant now) {
        for (int page = 1; page <= MOST_PAGES; page++) {
            JsonObject list = page(order, agent, now, page).orElse(null);
            if (list == null || !(list.get("data") instanceof JsonArray rows)) {
                return new Lookup.Undecided("the list of executions cannot be read");
            }
            Lookup found = among(rows, order);
            if (!(found instanceof Lookup.Absent) || !Tolerant.flag(list, "has_more")) {
                return found;
            }
        }
        return new Lookup.Undecided("more than " + MOST_PAGES + " pages of executions");
    }

    private Optional<JsonObject> page(DialOrder order, String agent, Instant now, int page) {
        Instant from = order.reservedAt().minus(MARGIN);
        Instant latest = from.plus(LONGEST_WINDOW);
        Instant to = now.plus(MARGIN).isAfter(latest) ? latest : now.plus(MARGIN);
        String query =
                "page_number=%d&page_size=%d&from=%s&to=%s"
                        .formatted(
                                page,
                                PAGE_SIZE,
                                BolnaApi.encoded(UTC_MILLIS.format(from)),
                                BolnaApi.encoded(UTC_MILLIS.format(to)));
        return api.executions(agent, query) instanceof Exchange.Answered answer
                        && answer.successful()
                ? Tolerant.object(answer.body())
                : Optional.empty();
    }

    /// A candidate that cannot be opened leaves the question open, unless another one is the call.
    private Lookup among(JsonArray rows, DialOrder order) {
        Lookup answer = new Lookup.Absent();
        for (JsonValue row : rows) {
            if (!(row instanceof JsonObject execution) || !mayBe(execution, order)) {
                continue;
            }
            Optional<ExecutionReport> opened = open(execution);
            if (opened.isEmpty()) {
                answer = new Lookup.Undecided("an execution cannot be read");
            } else if (order.echo().equals(opened.get().echo())) {
                return new Lookup.Found(opened.get());
            }
        }
        return answer;
    }

    /// A trimmed row may lack the number; then it has to be opened.
    private static boolean mayBe(JsonObject execution, DialOrder order) {
        String number = number(execution);
        return number == null || number.equals(order.request().recipient().phone().value());
    }

    private static @Nullable String number(JsonObject execution) {
        String dialed = Tolerant.text(Tolerant.object(execution, "telephony_data"), "to_number");
        return dialed == null ? Tolerant.text(execution, "user_number") : dialed;
    }

    private Optional<ExecutionReport> open(JsonObject row) {
        String id = Tolerant.text(row, "id");
        return id != null
                        && api.execution(id) instanceof Exchange.Answered answer
                        && answer.successful()
                ? BolnaReports.parsed(answer.body())
                : Optional.empty();
    }
}
