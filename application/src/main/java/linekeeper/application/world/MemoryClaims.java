package linekeeper.application.world;

import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.ProviderRoom;
import linekeeper.domain.AccountId;
import linekeeper.domain.CampaignId;
import linekeeper.domain.LeaseToken;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.TimelineEvent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The claim in plain words: the accounts take turns, each gives its next call that fits under every
/// limit a slot, until nothing fits.
final class MemoryClaims {
    private final MemoryState state;

    MemoryClaims(MemoryState state) {
        this.state = state;
    }

    List<ReservedCall> claim(Collection<AccountId> accounts, ClaimTerms terms) {
        Instant now = terms.clock().instant();
        Room room = new Room(terms.room());
        Map<AccountId, Iterator<QueuedCall>> queues = new HashMap<>();
        accounts.forEach(account -> queues.put(account, state.queue(account).values().iterator()));
        List<ReservedCall> claimed = new ArrayList<>();
        while (claimed.size() < terms.most()) {
            List<QueuedCall> round = nextOfEach(queues, room, now);
            if (round.isEmpty()) {
                break;
            }
            for (QueuedCall call : round) {
                if (claimed.size() < terms.most() && fits(call, room, now)) {
                    claimed.add(reserve(call, now));
                    room.take(call.accepted().provider());
                }
            }
        }
        return claimed;
    }

    boolean saturated() {
        return state.live().count() >= state.limits.system()
                || state.limits.providers().keySet().stream().anyMatch(this::full);
    }

    /// Among accounts the call that is due longest goes first.
    private List<QueuedCall> nextOfEach(
            Map<AccountId, Iterator<QueuedCall>> queues, Room room, Instant now) {
        List<QueuedCall> round = new ArrayList<>();
        queues.values().forEach(queue -> nextThatFits(queue, room, now).ifPresent(round::add));
        round.sort(
                Comparator.comparing(QueuedCall::dueAt)
                        .thenComparingLong(call -> state.rank(call).ticket()));
        return round;
    }

    private Optional<QueuedCall> nextThatFits(Iterator<QueuedCall> queue, Room room, Instant now) {
        while (queue.hasNext()) {
            QueuedCall call = queue.next();
            if (fits(call, room, now)) {
                return Optional.of(call);
            }
        }
        return Optional.empty();
    }

    private boolean fits(QueuedCall call, Room room, Instant now) {
        var request = call.accepted().request();
        AccountId account = call.key().account();
        CampaignId campaign = request.grouping().campaign();
        Integer campaignLimit = state.campaignLimit(account, campaign);
        return !call.dueAt().isAfter(now)
                && !request.timing().expired(now)
                && state.liveOf(account) < state.accountLimit(account)
                && (campaign == null
                        || campaignLimit == null
                        || state.liveOf(account, campaign) < campaignLimit)
                && !full(call.accepted().provider())
                && room.has(call.accepted().provider())
                && state.live().count() < state.limits.system();
    }

    private boolean full(ProviderName provider) {
        return state.liveOf(provider) >= state.limits.provider(provider);
    }

    private ReservedCall reserve(QueuedCall call, Instant now) {
        ReservedCall reserved = call.reserve(new LeaseToken(state.nextLease()), now);
        state.put(reserved);
        Map<String, String> detail =
                Map.of(
                        "provider",
                        call.accepted().provider().value(),
                        "attempt",
                        Integer.toString(call.attempt()));
        state.record(call.key(), TimelineEvent.of(now, "reserved", detail));
        return reserved;
    }

    /// What is left of the terms' room.
    private static final class Room {
        private final ProviderRoom room;
        private final Map<ProviderName, Integer> taken = new HashMap<>();

        Room(ProviderRoom room) {
            this.room = room;
        }

        boolean has(ProviderName provider) {
            return taken.getOrDefault(provider, 0) < room.of(provider);
        }

        void take(ProviderName provider) {
            taken.merge(provider, 1, Integer::sum);
        }
    }
}
