package linekeeper.telephony.elevenlabs;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;

import linekeeper.application.port.DialOrder;
import linekeeper.application.port.Lookup;
import linekeeper.telephony.exchange.Exchange;
import linekeeper.telephony.exchange.Tolerant;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Looks for a call whose dial was never answered: first among the conversations with our id, then, for
/// that index may lag, among all of the agent's in that time. Rows carry neither number nor variables,
/// so each candidate is opened to read our ids in it.
///
/// "Absent" is said only when both lists were read to their ends, every candidate was opened, and the
/// attempt is old enough to be listed. What one round could not open is left to the next. Thread-safe.
final class ElevenLabsSearch {
    private static final int PAGE_SIZE = 100;
    private static final int MOST_PAGES = 20;
    private static final Duration MARGIN = Duration.ofMinutes(1);

    /// A dial is asked for within a minute of its reservation; a queue at the provider may take some.
    private static final Duration WINDOW = Duration.ofMinutes(10);

    private final ElevenLabsApi api;
    private final ElevenLabsReports reports;
    private final Duration listedWithin;
    private final Owners owners = new Owners();

    ElevenLabsSearch(ElevenLabsApi api, ElevenLabsReports reports, Duration listedWithin) {
        this.api = api;
        this.reports = reports;
        this.listedWithin = listedWithin;
    }

    Lookup find(DialOrder order, String agent, Instant now) {
        String window = window(order, agent, now);
        Candidates candidates = new Candidates(api, reports, owners, order);
        String ours = "&user_id=" + ElevenLabsApi.encoded(order.key().call().value());
        Lookup answer = among(candidates, window + ours);
        if (answer instanceof Lookup.Absent) {
            answer = among(candidates, window);
        }
        boolean young = order.reservedAt().plus(listedWithin).isAfter(now);
        return answer instanceof Lookup.Absent && young
                ? new Lookup.Undecided("not listed yet, which may come")
                : answer;
    }

    private static String window(DialOrder order, String agent, Instant now) {
        Instant latest = order.reservedAt().plus(WINDOW);
        Instant to = now.isAfter(latest) ? latest : now;
        return "agent_id=%s&page_size=%d&call_start_after_unix=%d&call_start_before_unix=%d"
                .formatted(
                        ElevenLabsApi.encoded(agent),
                        PAGE_SIZE,
                        order.reservedAt().minus(MARGIN).getEpochSecond(),
                        to.plus(MARGIN).getEpochSecond());
    }

    /// A page with a doubt does not keep the next from having the call.
    private Lookup among(Candidates candidates, String query) {
        Lookup answer = new Lookup.Absent();
        String cursor = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonObject list = list(query + cursor).orElse(null);
            if (list == null || !(list.get("conversations") instanceof JsonArray rows)) {
                return new Lookup.Undecided("the list of conversations cannot be read");
            }
            switch (candidates.among(rows)) {
                case Lookup.Found found -> {
                    return found;
                }
                case Lookup.Undecided doubt -> answer = doubt;
                case Lookup.Absent() -> {}
            }
            String next = next(list);
            if (next == null) {
                return ended(list) ? answer : new Lookup.Undecided("the list breaks off");
            }
            cursor = "&cursor=" + ElevenLabsApi.encoded(next);
        }
        return new Lookup.Undecided("more than " + MOST_PAGES + " pages of conversations");
    }

    private Optional<JsonObject> list(String query) {
        return api.conversations(query) instanceof Exchange.Answered answer && answer.successful()
                ? Tolerant.object(answer.body())
                : Optional.empty();
    }

    private static boolean ended(JsonObject list) {
        return !Tolerant.flag(list, "has_more");
    }

    private static @Nullable String next(JsonObject list) {
        return ended(list) ? null : Tolerant.text(list, "next_cursor");
    }
}
