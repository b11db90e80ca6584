package linekeeper.http;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import jakarta.json.JsonObject;

import linekeeper.application.WatchSlots;
import linekeeper.application.WatchSlots.Watched;
import linekeeper.application.port.CallCursor;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.InvalidValue;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.UnboundCall;
import linekeeper.domain.call.UnconfirmedCall;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Predicate;

/// Shows who holds the account's slots, oldest first: all, those held too long, those without an
/// execution id, and why they seem stuck (B5, B7).
final class SlotList implements HttpService {
    /// No account has more.
    private static final int EVERY_SLOT = 100_000;

    private final Api api;
    private final WatchSlots watchSlots;

    SlotList(Api api) {
        this.api = api;
        this.watchSlots = api.services().engine().watchSlots();
    }

    @Override
    public void routing(HttpRules rules) {
        api.routes().at(rules).get("/api/slots", this::list);
    }

    private void list(ServerRequest request, ServerResponse response) {
        Caller caller = api.caller(request);
        Query query = new Query(request);
        Instant now = api.services().clock().instant();
        int limit = query.limit();
        Predicate<LiveCall> wanted = wanted(query, now);
        List<Watched> found =
                watchSlots.of(caller.account(), EVERY_SLOT, now).stream()
                        .filter(slot -> wanted.test(slot.call()))
                        .limit(Page.oneMoreThan(limit))
                        .toList();
        Page.of(found, limit, slot -> Cursors.write(placeOf(slot.call())))
                .send(response, slot -> json(slot, now));
    }

    private static Predicate<LiveCall> wanted(Query query, Instant now) {
        Duration olderThan = query.value("older_than", SlotList::duration);
        Duration unboundFor = query.value("unbound_for", SlotList::duration);
        CallCursor after = query.value("cursor", Cursors::read);
        return call ->
                (olderThan == null || held(call, now, olderThan))
                        && (unboundFor == null
                                || (call instanceof UnboundCall && held(call, now, unboundFor)))
                        && behind(call, after);
    }

    private static boolean held(LiveCall call, Instant now, Duration least) {
        return call.heldFor(now).compareTo(least) >= 0;
    }

    private static boolean behind(LiveCall call, @Nullable CallCursor after) {
        if (after == null) {
            return true;
        }
        int order = call.slot().reservedAt().compareTo(after.createdAt());
        return order > 0
                || (order == 0 && call.key().call().value().compareTo(after.call().value()) > 0);
    }

    private static CallCursor placeOf(LiveCall call) {
        return new CallCursor(call.slot().reservedAt(), call.key().call());
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new InvalidValue("duration", "must be an ISO-8601 duration as in PT10S");
        }
    }

    private static JsonObject json(Watched slot, Instant now) {
        LiveCall call = slot.call();
        ExecutionId execution = CallJson.executionOf(call);
        return new Members()
                .text("call_id", call.key().call())
                .text("account_id", call.key().account())
                .text("call_type", call.accepted().request().type().wireName())
                .text("status", call.status().wireName())
                .text("provider", call.accepted().provider())
                .text("execution_id", execution == null ? null : execution.value())
                .text("phone_number", call.accepted().request().recipient().phone().value())
                .number("attempt", call.attempt())
                .text("started_at", call.slot().reservedAt())
                .decimal("held_seconds", BigDecimal.valueOf(call.heldFor(now).toMillis(), 3))
                .text(
                        "unknown_since",
                        call instanceof UnconfirmedCall unknown ? unknown.unknownSince() : null)
                .text("seen_at", call instanceof ActiveCall active ? active.seenAt() : null)
                .text("next_check_at", slot.nextCheckAt())
                .text("why", slot.why())
                .build();
    }
}
