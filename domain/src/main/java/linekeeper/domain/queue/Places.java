package linekeeper.domain.queue;

import linekeeper.domain.AccountId;
import linekeeper.domain.CallKey;
import linekeeper.domain.CampaignId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.queue.QueueOrder.Rank;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The places that are free under each limit, and who gets them: the accounts take turns, each gives
/// the next of its calls that fits a place, until nothing fits (D2, D3, D8). Whatever holds calls back
/// (slots, a failing provider, pacing) comes as a number of places. Not thread-safe.
public final class Places {
    private final Map<AccountId, Integer> accounts = new HashMap<>();
    private final Map<Campaign, Integer> campaigns = new HashMap<>();
    private final Map<ProviderName, Integer> providers = new HashMap<>();
    private int inAll;

    /// @param inAll calls in all; for accounts, campaigns and providers that are not named there is no
    ///     other limit
    public Places(int inAll) {
        this.inAll = inAll;
    }

    public Places account(AccountId account, int free) {
        accounts.put(account, free);
        return this;
    }

    public Places campaign(Campaign campaign, int free) {
        campaigns.put(campaign, free);
        return this;
    }

    public Places provider(ProviderName provider, int free) {
        providers.put(provider, free);
        return this;
    }

    /// Gives places to the first of `due` that fit, and takes those places away. Per account in queue
    /// order; among accounts, within a turn, the call that is due longest goes first.
    public List<Due> give(List<Due> due) {
        Map<AccountId, Iterator<Due>> queues = queues(due);
        List<Due> given = new ArrayList<>();
        for (List<Due> turn = turn(queues); !turn.isEmpty(); turn = turn(queues)) {
            for (Due call : turn) {
                if (fits(call)) {
                    take(call);
                    given.add(call);
                }
            }
        }
        return given;
    }

    private static Map<AccountId, Iterator<Due>> queues(List<Due> due) {
        Map<AccountId, List<Due>> byAccount = new HashMap<>();
        for (Due call : due) {
            byAccount.computeIfAbsent(call.key.account(), any -> new ArrayList<>()).add(call);
        }
        Map<AccountId, Iterator<Due>> queues = new HashMap<>();
        byAccount.forEach(
                (account, calls) -> {
                    calls.sort(Comparator.comparing(Due::rank));
                    queues.put(account, calls.iterator());
                });
        return queues;
    }

    private List<Due> turn(Map<AccountId, Iterator<Due>> queues) {
        List<Due> turn = new ArrayList<>();
        queues.values().forEach(queue -> nextThatFits(queue).ifPresent(turn::add));
        turn.sort(
                Comparator.comparing((Due call) -> call.rank.dueAt())
                        .thenComparingLong(call -> call.rank.ticket()));
        return turn;
    }

    /// What does not fit now fits no more later: places only become fewer.
    private Optional<Due> nextThatFits(Iterator<Due> queue) {
        while (queue.hasNext()) {
            Due call = queue.next();
            if (fits(call)) {
                return Optional.of(call);
            }
        }
        return Optional.empty();
    }

    private boolean fits(Due call) {
        return inAll > 0
                && accounts.getOrDefault(call.key.account(), 1) > 0
                && (call.campaign == null || campaigns.getOrDefault(call.campaign, 1) > 0)
                && providers.getOrDefault(call.provider, 1) > 0;
    }

    private void take(Due call) {
        inAll--;
        accounts.computeIfPresent(call.key.account(), (any, free) -> free - 1);
        providers.computeIfPresent(call.provider, (any, free) -> free - 1);
        if (call.campaign != null) {
            campaigns.computeIfPresent(call.campaign, (any, free) -> free - 1);
        }
    }

    /// A waiting call whose time has come.
    ///
    /// @param campaign null: a direct call
    public record Due(CallKey key, ProviderName provider, @Nullable Campaign campaign, Rank rank) {}

    /// Campaigns are their accounts' own.
    public record Campaign(AccountId account, CampaignId campaign) {}
}
