package linekeeper.application;

import linekeeper.application.CallDrivers.Called;
import linekeeper.application.CallDrivers.Nobody;
import linekeeper.application.CallDrivers.Order;
import linekeeper.application.CallDrivers.Placed;
import linekeeper.application.CallDrivers.Planned;
import linekeeper.application.CallDrivers.Taken;
import linekeeper.application.CallDrivers.TooMany;
import linekeeper.application.CallDrivers.Unsure;
import linekeeper.application.CallDrivers.Wanted;
import linekeeper.application.port.Calls;
import linekeeper.application.port.DriverRequests;
import linekeeper.application.port.DriverRequests.Entry;
import linekeeper.application.port.DriverRequests.Hold;
import linekeeper.application.port.DriverRequests.Request;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.DriverId;
import linekeeper.domain.call.Routing;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Calls drivers for a request that its backend may repeat under a key: however often it comes, at once
/// or after a crash, every driver is called once (A4, C1). Thread-safe.
///
/// What is to be called is written down first, and then called under ids that are taken once. Whoever
/// holds the request alone may write down others; so whoever was overtaken can only call what its
/// successor calls too.
public final class CallDriversOnce {
    /// Many times what a thousand drivers take.
    private static final Duration HELD = Duration.ofSeconds(30);

    private final CallDrivers callDrivers;
    private final DriverRequests requests;
    private final Calls calls;
    private final InstantSource clock;

    public CallDriversOnce(
            CallDrivers callDrivers, DriverRequests requests, Calls calls, InstantSource clock) {
        this.callDrivers = callDrivers;
        this.requests = requests;
        this.calls = calls;
        this.clock = clock;
    }

    /// @param key the backend's own, 1 to 255 characters
    /// @throws linekeeper.application.port.StoreUnavailable repeat it under the same key
    public Answer call(AccountId account, String key, Routing routing, List<Wanted> drivers) {
        Order order = new Order(account, routing, clock.instant(), drivers);
        Request request = new Request(account, key, fingerprint(order));
        List<CallId> first = order.firstIds();
        return switch (requests.open(request, first, order.at(), order.at().plus(HELD))) {
            case DriverRequests.Begun(Hold hold) -> carryOut(hold, order, first, false);
            case DriverRequests.Resumed(Hold hold, var at, var planned) ->
                    carryOut(hold, order.begun(at), planned, true);
            case DriverRequests.Settled(List<Entry> entries) ->
                    new Answered(replay(order, entries), true);
            case DriverRequests.Held() -> new UnderWay();
            case DriverRequests.Different() -> new Contradicts();
            case DriverRequests.NoSuchAccount() -> new Answered(nobody(order), false);
        };
    }

    private Answer carryOut(Hold hold, Order order, List<CallId> ids, boolean resumed) {
        Planned planned =
                new Planned(
                        ids,
                        resumed,
                        next -> requests.plan(hold, next, clock.instant().plus(HELD)));
        List<Called> called = callDrivers.call(order, planned).orElse(null);
        if (called == null) {
            return new UnderWay();
        }
        if (called.stream().anyMatch(Unsure.class::isInstance)) {
            requests.leave(hold, clock.instant());
            return new Answered(called, false);
        }
        return requests.settle(hold, entries(called, planned.ids()))
                ? new Answered(called, false)
                : new UnderWay();
    }

    private static List<Entry> entries(List<Called> called, List<CallId> ids) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            CallId id = ids.get(i);
            entries.add(
                    switch (called.get(i)) {
                        case Taken(DriverId driver, CallId other) -> new Entry(id, other.value());
                        case TooMany tooMany -> new Entry(id, Entry.TOO_MANY);
                        case Placed placed -> new Entry(id, null);
                        case Unsure unsure -> new Entry(id, null);
                        case Nobody nobody -> new Entry(id, null);
                    });
        }
        return entries;
    }

    private List<Called> replay(Order order, List<Entry> entries) {
        List<Called> called = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            called.add(replay(order, order.drivers().get(i).driver(), entries.get(i)));
        }
        return called;
    }

    private Called replay(Order order, DriverId driver, Entry entry) {
        String refused = entry.refused();
        if (refused != null) {
            return refused.equals(Entry.TOO_MANY)
                    ? new TooMany(driver)
                    : new Taken(driver, new CallId(refused));
        }
        return calls.find(new CallKey(order.account(), entry.call()))
                .<Called>map(call -> new Placed(driver, entry.call(), call.status()))
                .orElseGet(() -> new Unsure(driver, entry.call()));
    }

    private static List<Called> nobody(Order order) {
        return order.drivers().stream().<Called>map(one -> new Nobody(one.driver())).toList();
    }

    /// Of all that makes the calls what they are; lengths keep the parts apart.
    private static String fingerprint(Order order) {
        StringBuilder content = new StringBuilder();
        add(content, order.routing().agent());
        add(content, order.routing().from());
        for (Wanted one : order.drivers()) {
            add(content, one.driver());
            add(content, one.recipient().phone().value());
            add(content, one.recipient().name());
            add(content, one.userData().json());
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(content.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(StringBuilder content, @Nullable Object part) {
        String text = part == null ? "" : part.toString();
        content.append(part == null ? -1 : text.length()).append(':').append(text);
    }

    /// What became of the request.
    public sealed interface Answer {}

    /// @param calls in the order of the drivers
    /// @param replayed it was carried out before; the statuses are those of now
    public record Answered(List<Called> calls, boolean replayed) implements Answer {
        public Answered {
            calls = List.copyOf(calls);
        }
    }

    /// Somebody carries it out just now; ask again in a while.
    public record UnderWay() implements Answer {}

    /// The key was used for something else.
    public record Contradicts() implements Answer {}
}
