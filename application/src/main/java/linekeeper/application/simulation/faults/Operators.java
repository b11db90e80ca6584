package linekeeper.application.simulation.faults;

import linekeeper.application.CallDrivers;
import linekeeper.application.CallDrivers.Called;
import linekeeper.application.CallDrivers.Placed;
import linekeeper.application.CallDrivers.Wanted;
import linekeeper.application.port.Notices.ReplayRange;
import linekeeper.application.simulation.Chance;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallKey;
import linekeeper.domain.DriverId;
import linekeeper.domain.account.Account;
import linekeeper.domain.call.Recipient;
import linekeeper.domain.call.Routing;
import linekeeper.domain.call.UserData;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/// People who change things while calls go on: limits are raised and lowered, drivers are called, results
/// are asked for again.
final class Operators {
    private static final Duration OFTEN = Duration.ofSeconds(20);
    private static final int MOST_DRIVERS = 4;
    private static final int ALL = 1_000;

    private final Environment world;
    private final Scenario scenario;
    private final Chance chance;
    private final Callers callers;

    Operators(Environment world, Scenario scenario, Chance chance, Callers callers) {
        this.world = world;
        this.scenario = scenario;
        this.chance = chance;
        this.callers = callers;
    }

    /// From now on until the faults end.
    void begin() {
        if (!world.faults().over()) {
            act();
            world.time().after(chance.between(Duration.ZERO, OFTEN), this::begin);
        }
    }

    private void act() {
        AccountId account = chance.oneOf(scenario.accounts());
        switch (chance.below(6)) {
            case 0 -> limit(account);
            case 1 -> callDrivers(account);
            case 2 -> replay(account);
            default -> {}
        }
    }

    private void limit(AccountId account) {
        int limit = chance.below(scenario.limits().account() + 2);
        world.trace().note(account.value(), "has a limit of " + limit + " now");
        world.stores()
                .accounts()
                .update(account, one -> one.withConcurrencyLimit(Math.max(1, limit)));
    }

    /// Every driver that is said to be called must be.
    private void callDrivers(AccountId account) {
        List<Wanted> drivers =
                IntStream.rangeClosed(0, chance.below(MOST_DRIVERS))
                        .mapToObj(this::driver)
                        .toList();
        callers.once(
                node ->
                        new CallDrivers(node.engine().placeCall(), world.time())
                                .call(account, Routing.DEFAULT, drivers),
                called -> called.forEach(one -> check(account, one)));
    }

    private Wanted driver(int number) {
        Recipient recipient = new Recipient(Requests.phone(number), null, null);
        return new Wanted(
                new DriverId("driver" + chance.below(MOST_DRIVERS)), recipient, UserData.EMPTY);
    }

    private void check(AccountId account, Called called) {
        if (called instanceof Placed placed) {
            callers.taken(new CallKey(account, placed.call()));
        }
    }

    private void replay(AccountId account) {
        Instant now = world.time().instant();
        ReplayRange range = new ReplayRange(now.minus(OFTEN), now, null, ALL);
        callers.once(node -> node.results().replay().range(account, range), replayed -> {});
    }

    /// Limits as they were.
    void end() {
        for (AccountId account : scenario.accounts()) {
            world.stores().accounts().update(account, Operators::unlimited);
        }
    }

    private static Account unlimited(Account account) {
        return new Account(
                account.id(),
                account.name(),
                null,
                account.weight(),
                account.provider(),
                account.deduplicateNumbers());
    }
}
