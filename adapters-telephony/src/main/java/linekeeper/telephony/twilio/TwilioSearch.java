package linekeeper.telephony.twilio;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

import linekeeper.application.port.DialOrder;
import linekeeper.application.port.Lookup;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.InvalidValue;
import linekeeper.domain.PhoneNumber;
import linekeeper.telephony.exchange.Exchange;
import linekeeper.telephony.exchange.Tolerant;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks for a call whose dial was never answered. Twilio cannot tell our id, so a call in its list is
/// taken for this one only by exclusion: it is the only one to the number since the reservation that
/// belongs to none of our other calls, and no other attempt of ours to that number lacks its own.
/// Anything less leaves the question open. "Absent" is said only of a whole list, and of an attempt
/// old enough to be in it, for Twilio's reads lag behind its writes.
///
/// The list is not narrowed by `StartTime`, which a call has only once it is dialed, nor by `From`,
/// which may be another one of a pool by now.
final class TwilioSearch {
    private static final int PAGE_SIZE = 200;
    private static final int MOST_PAGES = 20;

    private final TwilioApi api;
    private final OurCalls ours;
    private final Duration listedAfter;

    TwilioSearch(TwilioApi api, OurCalls ours, Duration listedAfter) {
        this.api = api;
        this.ours = ours;
        this.listedAfter = listedAfter;
    }

    Lookup find(DialOrder order, Instant now) {
        PhoneNumber number = order.request().recipient().phone();
        return list(number)
                .map(rows -> among(rows, order, now))
                .orElseGet(() -> new Lookup.Undecided("the list of calls cannot be read"));
    }

    /// Empty: not all of it can be read.
    private Optional<List<JsonObject>> list(PhoneNumber number) {
        List<JsonObject> rows = new ArrayList<>();
        Optional<Exchange> page = Optional.of(api.callsTo(number.value(), PAGE_SIZE));
        for (int i = 0; i < MOST_PAGES; i++) {
            JsonObject list = page.flatMap(TwilioSearch::body).orElse(null);
            if (list == null || !(list.get("calls") instanceof JsonArray calls)) {
                return Optional.empty();
            }
            for (JsonValue row : calls) {
                if (!(row instanceof JsonObject call)) {
                    return Optional.empty();
                }
                rows.add(call);
            }
            String next = Tolerant.text(list, "next_page_uri");
            if (next == null) {
                return Optional.of(rows);
            }
            page = api.page(next);
        }
        return Optional.empty();
    }

    private static Optional<JsonObject> body(Exchange exchange) {
        return exchange instanceof Exchange.Answered answer && answer.successful()
                ? Tolerant.object(answer.body())
                : Optional.empty();
    }

    private Lookup among(List<JsonObject> rows, DialOrder order, Instant now) {
        // Asked in this order: an attempt that gets its execution meanwhile is seen by one of the
        // two.
        int unbound = ours.unboundTo(order.request().recipient().phone());
        List<Candidate> candidates =
                rows.stream()
                        .map(row -> new Candidate(row, order))
                        .filter(Candidate::mayBe)
                        .filter(candidate -> !isAnothers(candidate, order))
                        .toList();
        if (candidates.isEmpty()) {
            return absent(order, now);
        }
        if (candidates.size() > 1 || unbound > 1 || !candidates.getFirst().isAfterReservation()) {
            return new Lookup.Undecided(
                    "%d calls to the number may be it, %d attempts look for theirs"
                            .formatted(candidates.size(), unbound));
        }
        return candidates
                .getFirst()
                .report()
                .<Lookup>map(Lookup.Found::new)
                .orElseGet(() -> new Lookup.Undecided("unreadable call"));
    }

    private Lookup absent(DialOrder order, Instant now) {
        boolean listed = !now.isBefore(order.reservedAt().plus(listedAfter));
        return listed ? new Lookup.Absent() : new Lookup.Undecided("not listed yet");
    }

    private boolean isAnothers(Candidate candidate, DialOrder order) {
        try {
            return candidate
                    .sid()
                    .map(sid -> new ExecutionId(TwilioProvider.NAME, sid))
                    .flatMap(ours::ownerOf)
                    .filter(owner -> !owner.equals(order.key()))
                    .isPresent();
        } catch (InvalidValue e) {
            return false;
        }
    }
}
