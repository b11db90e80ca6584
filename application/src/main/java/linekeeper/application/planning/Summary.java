package linekeeper.application.planning;

import linekeeper.application.planning.PlanResult.Use;
import linekeeper.domain.account.Account;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Adds up what came of a plan.
///
/// @param accounts as they are in the end
record Summary(Plan plan, Tally tally, List<Account> accounts) {
    PlanResult result(boolean finished, Instant now) {
        Instant end = finished ? tally.lastEnd : now;
        int slots = slots();
        return new PlanResult(
                finished,
                Duration.between(plan.start(), end),
                tally.accepted,
                tally.attempts,
                tally.outcomes,
                tally.waits,
                tally.live,
                tally.waiting,
                planned().map(this::use).toList(),
                slots == 0 ? 0 : tally.live.mean() / slots,
                tally.passedOver);
    }

    /// The plan's own; there is always a default account besides.
    private Stream<Account> planned() {
        return accounts.stream().filter(account -> tally.accounts.containsKey(account.id()));
    }

    private Use use(Account account) {
        Curve live = Objects.requireNonNull(tally.accounts.get(account.id()));
        return new Use(account.id(), limit(account), live.mean(), live);
    }

    private int limit(Account account) {
        return account.limitOr(plan.capacity().account());
    }

    private int slots() {
        Integer provider = plan.capacity().provider();
        int most =
                Math.min(plan.capacity().system(), provider == null ? Integer.MAX_VALUE : provider);
        return Math.min(most, planned().mapToInt(this::limit).sum());
    }
}
