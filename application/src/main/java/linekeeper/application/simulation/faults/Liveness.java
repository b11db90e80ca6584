package linekeeper.application.simulation.faults;

import linekeeper.application.port.Job;
import linekeeper.domain.AccountId;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.person.Lead;

import java.util.List;
import java.util.Optional;

/// What must have come about once nothing goes wrong any more.
final class Liveness {
    private static final int ALL = 1_000;

    private final Environment world;
    private final Callers callers;
    private final NoticeRules notices;
    private final SlotRules slots;

    Liveness(Environment world, Callers callers, NoticeRules notices, SlotRules slots) {
        this.world = world;
        this.callers = callers;
        this.notices = notices;
        this.slots = slots;
    }

    boolean allIsOver() {
        return !callers.waiting()
                && world.ledger().calls().allMatch(EndedCall.class::isInstance)
                && world.ledger().calls().allMatch(notices::allTold)
                && jobs().isEmpty();
    }

    /// What is not over.
    Broken stuck() {
        Optional<Call> open =
                world.ledger()
                        .calls()
                        .filter(call -> !(call instanceof EndedCall) || !notices.allTold(call))
                        .findFirst();
        String what =
                open.map(call -> Words.of(call) + " " + notices.of(call.key()))
                        .orElse("callers or jobs wait: " + jobs());
        return new Broken(
                Invariant.ENDS,
                open.map(Call::key).orElse(null),
                what + "; slots " + slots.taken());
    }

    /// Looks at everything once more.
    void checkEnd() {
        world.ledger().check(Optional.empty());
        world.ledger().ended().forEach(notices::ended);
        world.ledger().calls().forEach(notices::told);
        accounts().forEach(this::checkLeads);
    }

    /// Reports that nothing was ever bound to are forgotten.
    void checkTidy(List<Platform> platforms) {
        platforms.stream()
                .flatMap(one -> one.calls().stream())
                .filter(call -> !world.stores().engine().parked().of(call.execution()).isEmpty())
                .findFirst()
                .ifPresent(
                        call -> {
                            String what = "reports of " + call.execution() + " are kept for ever";
                            throw new Broken(Invariant.ENDS, call.echo().key(), what);
                        });
    }

    private void checkLeads(AccountId account) {
        long dialed =
                world.ledger().dialed().filter(call -> call.account().equals(account)).count();
        List<Lead> leads = world.stores().leads().list(account, null, ALL);
        long counted = leads.stream().mapToLong(Lead::calls).sum();
        if (counted != dialed) {
            String what = dialed + " calls of " + account + " were dialed, leads count " + counted;
            throw new Broken(Invariant.COUNTED_ONCE, null, what);
        }
    }

    private List<Job> jobs() {
        return accounts().stream()
                .flatMap(one -> world.stores().jobs().list(one, null, 0, ALL).stream())
                .toList();
    }

    private List<AccountId> accounts() {
        return world.ledger().calls().map(call -> call.key().account()).distinct().toList();
    }
}
