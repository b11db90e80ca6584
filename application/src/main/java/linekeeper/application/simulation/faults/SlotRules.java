package linekeeper.application.simulation.faults;

import linekeeper.domain.AccountId;
import linekeeper.domain.CallKey;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Account;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallType;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.ReservedCall;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Who may have a slot, and who must have got one first.
final class SlotRules {
    private static final int ALL = 1_000;

    private final Stores stores;
    private final Limits limits;
    private final List<AccountId> accounts;
    private final InstantSource time;
    private final PaceRule pace;

    SlotRules(Stores stores, Limits limits, List<AccountId> accounts, InstantSource time) {
        this.stores = stores;
        this.limits = limits;
        this.accounts = List.copyOf(accounts);
        this.time = time;
        this.pace = new PaceRule(limits.rates());
    }

    /// @param given the calls that got their slots in this step
    void check(Ledger ledger, List<ReservedCall> given) {
        for (AccountId account : accounts) {
            checkSlots(ledger, account);
        }
        for (ReservedCall call : given) {
            checkLimits(ledger, call);
            checkOrder(ledger, call);
            pace.given(call);
        }
    }

    private void checkSlots(Ledger ledger, AccountId account) {
        List<CallKey> held = sorted(stores.engine().slots().held(account, ALL));
        List<CallKey> live = sorted(ledger.live().filter(of(account)).toList());
        if (!held.equals(live)) {
            List<CallKey> wrong = held.isEmpty() ? live : held;
            throw new Broken(
                    Invariant.SLOT,
                    wrong.getFirst(),
                    "of " + account + " slots have " + held + " and live are " + live);
        }
    }

    private static List<CallKey> sorted(List<LiveCall> calls) {
        return calls.stream()
                .map(Call::key)
                .sorted(Comparator.comparing(key -> key.call().value()))
                .toList();
    }

    private void checkLimits(Ledger ledger, ReservedCall given) {
        AccountId account = given.key().account();
        ProviderName provider = given.accepted().provider();
        atMost(limits.system(), ledger, given, any -> true);
        atMost(accountLimit(account), ledger, given, of(account));
        atMost(limits.provider(provider), ledger, given, by(provider));
        atMost(campaignLimit(given), ledger, given, of(account).and(sameCampaign(given)));
    }

    private static void atMost(int limit, Ledger ledger, Call given, Predicate<Call> counted) {
        List<CallKey> live = ledger.live().filter(counted).map(Call::key).toList();
        if (live.size() > limit) {
            String what = live.size() + " slots under a limit of " + limit + ": " + live;
            throw new Broken(Invariant.LIMIT, given.key(), what);
        }
    }

    /// A direct call that waits although it is due, by the same provider: it could have had the slot,
    /// whatever else is limited.
    private void checkOrder(Ledger ledger, ReservedCall given) {
        if (given.accepted().request().type() == CallType.CAMPAIGN) {
            ledger.waiting()
                    .filter(of(given.key().account()))
                    .filter(by(given.accepted().provider()))
                    .filter(call -> call.accepted().request().type() == CallType.DIRECT)
                    .filter(call -> couldGo(call, given.slot().reservedAt()))
                    .findFirst()
                    .ifPresent(
                            waits -> {
                                String what = given.key() + " got a slot before " + waits;
                                throw new Broken(Invariant.DIRECT_FIRST, waits.key(), what);
                            });
        }
    }

    private static boolean couldGo(QueuedCall call, Instant at) {
        return !call.dueAt().isAfter(at) && !call.accepted().request().timing().expired(at);
    }

    private int accountLimit(AccountId account) {
        return stores.accounts()
                .find(account)
                .map((Account one) -> one.limitOr(limits.account()))
                .orElse(0);
    }

    private int campaignLimit(ReservedCall call) {
        var campaign = call.accepted().request().grouping().campaign();
        Integer limit =
                campaign == null
                        ? null
                        : stores.campaigns()
                                .find(call.key().account(), campaign)
                                .map(one -> one.concurrencyLimit())
                                .orElse(null);
        return limit == null ? Integer.MAX_VALUE : limit;
    }

    private static Predicate<Call> of(AccountId account) {
        return call -> call.key().account().equals(account);
    }

    private static Predicate<Call> by(ProviderName provider) {
        return call -> call.accepted().provider().equals(provider);
    }

    private static Predicate<Call> sameCampaign(Call as) {
        var campaign = as.accepted().request().grouping().campaign();
        return call ->
                campaign != null
                        && campaign.equals(call.accepted().request().grouping().campaign());
    }

    /// What is still taken, for people.
    String taken() {
        return accounts.stream()
                .flatMap(account -> stores.engine().slots().held(account, ALL).stream())
                .map(call -> Words.of(call) + " since " + call.slot().reservedAt())
                .collect(Collectors.joining(", ", "at " + time.instant() + ": ", ""));
    }
}
