package linekeeper.application.simulation.faults;

import linekeeper.application.simulation.Chance;
import linekeeper.domain.AccountId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Limits;
import linekeeper.domain.queue.Rate;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What a seed sets up: how many nodes, accounts and calls there are, and under which limits.
///
/// @param calls that are asked for, repetitions not counted
/// @param deduplicates whether its accounts want one call per number at a time
/// @param allowed faults that may strike
record Scenario(
        long seed,
        int nodes,
        List<AccountId> accounts,
        int calls,
        Limits limits,
        int campaignLimit,
        boolean deduplicates,
        Set<Fault> allowed) {
    static final ProviderName TRUSTED = new ProviderName("trusted");
    static final ProviderName UNSIGNED = new ProviderName("unsigned");
    static final int MOST_CALLS = 24;

    Scenario {
        accounts = List.copyOf(accounts);
        allowed = Set.copyOf(allowed);
    }

    /// @param mostCalls 1 or more; calls of a smaller run are asked for in a larger one, too
    static Scenario of(long seed, int mostCalls, Set<Fault> allowed) {
        Chance chance = Chance.of(seed).of("scenario");
        int nodes = 1 + chance.below(3);
        int others = chance.below(3);
        int calls = Math.min(mostCalls, 4 + chance.below(MOST_CALLS - 3));
        int system = 1 + chance.below(6);
        int account = 1 + chance.below(3);
        Map<ProviderName, Integer> providers =
                chance.hit(0.5) ? Map.of(TRUSTED, 1 + chance.below(3)) : Map.of();
        Map<ProviderName, Rate> rates =
                chance.hit(0.3) ? Map.of(UNSIGNED, Rate.perSecond("0.5")) : Map.of();
        Stream<AccountId> named =
                IntStream.range(0, others).mapToObj(i -> new AccountId("tenant-" + i));
        return new Scenario(
                seed,
                nodes,
                Stream.concat(Stream.of(AccountId.DEFAULT), named).toList(),
                calls,
                new Limits(system, account, providers, rates),
                1 + chance.below(2),
                chance.hit(0.2),
                allowed);
    }
}
