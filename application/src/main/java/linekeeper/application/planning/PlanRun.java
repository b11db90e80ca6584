package linekeeper.application.planning;

import linekeeper.application.AcceptCall.Accepted;
import linekeeper.application.CallEngine;
import linekeeper.application.CallEngine.Surroundings;
import linekeeper.application.DialRules;
import linekeeper.application.Dispatcher.Round;
import linekeeper.application.port.Providers;
import linekeeper.application.port.Slots.ClaimScope;
import linekeeper.application.simulation.Chance;
import linekeeper.application.simulation.VirtualTime;
import linekeeper.application.world.MemoryStores;
import linekeeper.domain.AccountId;
import linekeeper.domain.account.Account;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.ReservedCall;

import java.time.Instant;
import java.util.List;

/// Carries a plan out: the service's own use cases and queue, on virtual time. What mends failures is
/// left out, for nothing fails here but calls. The same plan gives the same result. Not thread-safe.
public final class PlanRun {
    private final Plan plan;
    private final Watch watch;
    private final VirtualTime time;
    private final MemoryStores stores;
    private final CallingHours hours;
    private final Tally tally;
    private final Callers callers;
    private final Dispatching dispatching;
    private final CallEngine engine;

    private PlanRun(Plan plan, Watch watch) {
        this.plan = plan;
        this.watch = watch;
        this.time = new VirtualTime(plan.start());
        this.stores = MemoryStores.withoutHistory(plan.capacity().limits());
        this.hours = new CallingHours(time, stores.campaigns(), account -> wake(account));
        Instant warm = plan.start().plus(plan.warmUp());
        this.tally = new Tally(plan.start(), warm, hours::readyAt, time);
        Chance chance = Chance.of(plan.seed());
        this.callers = new Callers(time, chance, this::ask);
        this.dispatching =
                new Dispatching(
                        time,
                        chance,
                        plan.people().setup(),
                        new Dispatching.Parts(this::claim, this::dial, stores::nextDue));
        this.engine =
                CallEngine.over(
                        stores.engine(),
                        new Surroundings(
                                new Providers(List.of(provider(chance.of("people")))),
                                ModelledProvider.NAME,
                                dispatching,
                                dispatching,
                                watch.over(tally),
                                DialRules.DEFAULT,
                                plan.retries(),
                                time));
    }

    public static PlanResult of(Plan plan) {
        return of(plan, Watch.NONE);
    }

    /// The same, watched.
    public static PlanResult of(Plan plan, Watch watch) {
        PlanRun run = new PlanRun(plan, watch);
        run.prepare();
        return run.run();
    }

    private CallEngine engine() {
        return engine;
    }

    private ModelledProvider provider(Chance people) {
        return new ModelledProvider(
                time,
                people,
                plan.people(),
                report -> {
                    hours.look();
                    engine().recordProviderEvent().webhook(report);
                    tally.waiting(stores.waiting());
                });
    }

    private void prepare() {
        for (Account account : plan.accounts()) {
            if (!stores.accounts().create(account)) {
                stores.accounts().update(account.id(), any -> account);
            }
            tally.account(account.id(), plan.start());
        }
        plan.campaigns().forEach(hours::keep);
        plan.changes().forEach(change -> time.after(change.after(), () -> apply(change)));
        for (int i = 0; i < plan.traffic().size(); i++) {
            callers.begin(plan.traffic().get(i), i);
        }
    }

    private void apply(Plan.LimitChange change) {
        stores.accounts()
                .update(change.account(), known -> known.withConcurrencyLimit(change.limit()));
        dispatching.dispatch(change.account());
        time.at(time.instant(), () -> watch.limitChanged(time.instant(), engine));
    }

    private void wake(AccountId account) {
        dispatching.dispatch(account);
    }

    private Round claim(ClaimScope scope) {
        hours.look();
        return engine.dispatcher().runOnce(scope);
    }

    /// A call that is over hands its slot on, and so does one that is put back: that claims, too.
    private void dial(ReservedCall call) {
        hours.look();
        engine().dialCall().dial(call);
    }

    private void ask(CallRequest request) {
        hours.look();
        tally.accepted++;
        Accepted accepted = engine.placeCall().start(request);
        watch.accepted(accepted, time.instant(), engine);
        tally.waiting(stores.waiting());
    }

    private PlanResult run() {
        Instant horizon = plan.start().plus(plan.horizon());
        // There is always something to come before the horizon is passed.
        time.at(horizon, () -> {});
        while (!over() && time.instant().isBefore(horizon)) {
            time.next();
        }
        tally.close();
        List<Account> accounts = stores.accounts().list("", Integer.MAX_VALUE);
        return new Summary(plan, tally, accounts).result(over(), time.instant());
    }

    private boolean over() {
        return callers.done() && stores.waiting() + tally.live.value() == 0;
    }
}
