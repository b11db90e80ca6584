package linekeeper.application.world;

import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Slots;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallKey;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.CancelWish;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.Progress;
import linekeeper.domain.call.UnboundCall;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The slots in memory.
final class MemorySlots implements Slots {
    private final MemoryState state;
    private final MemoryClaims claims;

    MemorySlots(MemoryState state, MemoryClaims claims) {
        this.state = state;
        this.claims = claims;
    }

    @Override
    public Claim claim(ClaimScope scope, ClaimTerms terms) {
        synchronized (state) {
            return claims.claim(accounts(scope), terms);
        }
    }

    private Collection<AccountId> accounts(ClaimScope scope) {
        return switch (scope) {
            case EveryAccount() -> List.copyOf(state.accounts.keySet());
            case Accounts named -> named.ids();
        };
    }

    @Override
    public List<LiveCall> held(AccountId account, int most) {
        synchronized (state) {
            return state.live.of(account).limit(most).toList();
        }
    }

    @Override
    public List<LiveCall> takeUnsettled(Overdue overdue, Instant again, int most) {
        synchronized (state) {
            List<LiveCall> taken =
                    state.live.all().filter(call -> isDue(call, overdue)).limit(most).toList();
            taken.forEach(call -> state.checkAfter.put(call.key(), again));
            return taken;
        }
    }

    @Override
    public Map<CallKey, Instant> putOff(AccountId account) {
        synchronized (state) {
            return state.checkAfter.entrySet().stream()
                    .filter(one -> one.getKey().account().equals(account))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        }
    }

    private boolean isDue(LiveCall call, Overdue overdue) {
        Instant putOff = state.checkAfter.get(call.key());
        boolean askedAlready = putOff != null && putOff.isAfter(overdue.now());
        return !askedAlready && (wishDue(call, overdue) || silenceDue(call, overdue));
    }

    private static boolean wishDue(LiveCall call, Overdue overdue) {
        CancelWish wish = call.slot().wish();
        return wish != null
                && !wish.answered()
                && call instanceof ActiveCall
                && !wish.askedAt().isAfter(overdue.wishedSince());
    }

    private static boolean silenceDue(LiveCall call, Overdue overdue) {
        return switch (call) {
            case UnboundCall unbound -> !unbound.slot().reservedAt().isAfter(overdue.graceSince());
            case ActiveCall active ->
                    !active.seenAt()
                            .isAfter(
                                    active.progress() == Progress.DISCONNECTED
                                            ? overdue.graceSince()
                                            : overdue.staleSince());
        };
    }

    @Override
    public boolean anyUnbound(ProviderName provider) {
        synchronized (state) {
            return !state.live.unbound(provider).isEmpty();
        }
    }

    @Override
    public Map<ProviderName, ProviderUse> uses() {
        synchronized (state) {
            Map<ProviderName, ProviderUse> uses = new HashMap<>();
            Stream.of(
                            state.live.providers().stream()
                                    .filter(name -> state.live.count(name) > 0),
                            state.limits.providers().keySet().stream(),
                            state.limits.rates().keySet().stream())
                    .flatMap(names -> names)
                    .forEach(name -> uses.put(name, use(name)));
            return uses;
        }
    }

    private ProviderUse use(ProviderName name) {
        return new ProviderUse(
                state.live.count(name),
                state.limits.providers().get(name),
                state.limits.rates().get(name));
    }

    @Override
    public int countUnbound(ProviderName provider, PhoneNumber to) {
        synchronized (state) {
            return (int)
                    state.live.unbound(provider).stream()
                            .filter(
                                    call ->
                                            call.accepted()
                                                    .request()
                                                    .recipient()
                                                    .phone()
                                                    .equals(to))
                            .count();
        }
    }
}
