package linekeeper.domain.queue;

import linekeeper.domain.AccountId;
import linekeeper.domain.CallKey;
import linekeeper.domain.CampaignId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.queue.QueueOrder.Rank;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
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
        Map<LaneKey, List<Due>> lanes = new LinkedHashMap<>();
        for (Due call : due) {
            lanes.computeIfAbsent(call.lane(), any -> new ArrayList<>()).add(call);
        }
        lanes.values().forEach(calls -> calls.sort(Comparator.comparing(Due::rank)));
        return giveFrom(lanes.values().stream().map(List::iterator).toList());
    }

    /// The same for calls that come in lanes, and takes no more of them out than it must.
    ///
    /// @param lanes each with calls of one account, provider and campaign in queue order
    public List<Due> giveFrom(Collection<? extends Iterator<Due>> lanes) {
        Map<AccountId, Lanes> accounts = accounts(lanes);
        List<Due> given = new ArrayList<>();
        for (List<Due> turn = turn(accounts); !turn.isEmpty(); turn = turn(accounts)) {
            for (Due call : turn) {
                if (fits(call)) {
                    take(call);
                    given.add(call);
                }
            }
        }
        return given;
    }

    private Map<AccountId, Lanes> accounts(Collection<? extends Iterator<Due>> lanes) {
        Map<AccountId, Lanes> accounts = new HashMap<>();
        for (Iterator<Due> lane : lanes) {
            if (lane.hasNext()) {
                Due first = lane.next();
                accounts.computeIfAbsent(first.key.account(), any -> new Lanes())
                        .add(new Lane(first, lane));
            }
        }
        return accounts;
    }

    private List<Due> turn(Map<AccountId, Lanes> accounts) {
        List<Due> turn = new ArrayList<>();
        accounts.values().forEach(lanes -> lanes.nextThatFits().ifPresent(turn::add));
        turn.sort(
                Comparator.comparing((Due call) -> call.rank.dueAt())
                        .thenComparingLong(call -> call.rank.ticket()));
        return turn;
    }

    /// What is left of an account's lanes.
    private final class Lanes {
        private final List<Lane> lanes = new ArrayList<>();

        void add(Lane lane) {
            lanes.add(lane);
        }

        /// A lane that does not fit now fits no more later: places only become fewer.
        Optional<Due> nextThatFits() {
            lanes.removeIf(lane -> !fits(lane.head));
            if (lanes.isEmpty()) {
                return Optional.empty();
            }
            Lane first = Collections.min(lanes, Comparator.comparing(lane -> lane.head.rank));
            Due next = first.head;
            if (!first.advance()) {
                lanes.remove(first);
            }
            return Optional.of(next);
        }
    }

    private static final class Lane {
        private final Iterator<Due> rest;
        private Due head;

        Lane(Due head, Iterator<Due> rest) {
            this.head = head;
            this.rest = rest;
        }

        boolean advance() {
            boolean more = rest.hasNext();
            if (more) {
                head = rest.next();
            }
            return more;
        }
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
    public record Due(CallKey key, ProviderName provider, @Nullable Campaign campaign, Rank rank) {
        private LaneKey lane() {
            return new LaneKey(key.account(), provider, campaign);
        }
    }

    /// What calls have in common that fit together or not at all.
    private record LaneKey(AccountId account, ProviderName provider, @Nullable Campaign campaign) {}

    /// Campaigns are their accounts' own.
    public record Campaign(AccountId account, CampaignId campaign) {}
}
