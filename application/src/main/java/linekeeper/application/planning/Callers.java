package linekeeper.application.planning;

import linekeeper.application.planning.Arrivals.Bursts;
import linekeeper.application.planning.Arrivals.Poisson;
import linekeeper.application.simulation.Chance;
import linekeeper.application.simulation.VirtualTime;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.CallType;
import linekeeper.domain.call.Grouping;
import linekeeper.domain.call.Recipient;
import linekeeper.domain.call.Routing;
import linekeeper.domain.call.Timing;
import linekeeper.domain.call.UserData;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/// Asks for calls as the traffic says. Not thread-safe.
final class Callers {
    private static final Recipient SOMEBODY =
            new Recipient(new PhoneNumber("+14155550100"), null, null);

    private final VirtualTime time;
    private final Chance chance;
    private final Consumer<CallRequest> ask;
    private final Instant start;
    private long made;
    private int unfinished;

    Callers(VirtualTime time, Chance chance, Consumer<CallRequest> ask) {
        this.time = time;
        this.chance = chance;
        this.ask = ask;
        this.start = time.instant();
    }

    void begin(Traffic traffic, int number) {
        unfinished++;
        switch (traffic.arrivals()) {
            case Poisson poisson -> {
                Chance own = chance.of("arrivals " + number);
                time.at(start.plus(poisson.from()), () -> next(traffic, poisson, own));
            }
            case Bursts bursts -> burst(traffic, bursts, 0);
        }
    }

    /// Whether all have asked for everything.
    boolean done() {
        return unfinished == 0;
    }

    private void next(Traffic traffic, Poisson poisson, Chance own) {
        double gap = -Math.log1p(-own.generator().nextDouble()) / poisson.perSecond();
        Instant at = time.instant().plusNanos(Math.round(gap * 1e6) * 1_000);
        if (at.isAfter(start.plus(poisson.until()))) {
            unfinished--;
            return;
        }
        time.at(
                at,
                () -> {
                    ask.accept(request(traffic));
                    next(traffic, poisson, own);
                });
    }

    private void burst(Traffic traffic, Bursts bursts, int number) {
        if (number == bursts.times()) {
            unfinished--;
            return;
        }
        Duration after = bursts.at().plus(bursts.every().multipliedBy(number));
        time.at(
                start.plus(after),
                () -> {
                    for (int i = 0; i < bursts.calls(); i++) {
                        ask.accept(request(traffic));
                    }
                    burst(traffic, bursts, number + 1);
                });
    }

    private CallRequest request(Traffic traffic) {
        Grouping grouping = new Grouping(traffic.campaign(), null);
        CallType type = grouping.type();
        Integer attempts = traffic.maxAttempts();
        return new CallRequest(
                new CallKey(traffic.account(), new CallId("p" + ++made)),
                SOMEBODY,
                Routing.DEFAULT,
                grouping,
                Timing.ANY,
                traffic.priority() == null ? type.defaultPriority() : traffic.priority(),
                attempts == null && type == CallType.DIRECT ? Integer.valueOf(1) : attempts,
                UserData.EMPTY);
    }
}
