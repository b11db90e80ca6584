package linekeeper.application;

import linekeeper.application.GiveSlots.Offer;
import linekeeper.application.port.CallObserver;
import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Slots.Claim;
import linekeeper.application.port.Succession;
import linekeeper.application.port.Wake;
import linekeeper.domain.AccountId;
import linekeeper.domain.CampaignId;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.ReservedCall;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Hands the slots that a commit frees on to the calls that are next, in the same commit, and wakes the
/// dispatcher for what that leaves. For one commit. Not thread-safe.
///
/// A call that comes in between the look at the queue and the commit is seen by neither: the look was too
/// early for it, and it still found the slot in use when it looked itself. So the dispatcher looks again,
/// unless the commit left nothing free that had not been free before, under no limit. It looks as well if the
/// claim was full, or found a limit reached that accounts share: then somebody of another account may be
/// next.
final class HandOn implements Succession {
    private final GiveSlots slots;
    private final Wake wake;
    private final CallObserver observer;
    private final Instant now;
    private @Nullable Offer offer;

    HandOn(GiveSlots slots, Wake wake, CallObserver observer, Instant now) {
        this.slots = slots;
        this.wake = wake;
        this.observer = observer;
        this.now = now;
    }

    /// Where accounts compete, the slot's own must not keep it: the dispatcher gives it to whoever waits
    /// longest.
    @Override
    public @Nullable ClaimTerms terms() {
        offer = slots.saturated() ? null : slots.offer();
        return offer == null ? null : offer.terms();
    }

    /// Slots are told to be free before their next calls are dialed: else the figures of hand-overs would
    /// take them for idle.
    @Override
    public void over(List<LiveCall> freed, @Nullable Claim claim) {
        freed.forEach(call -> observer.slotFreed(call.key().account(), now));
        if (offer != null) {
            offer.over(claim);
        }
        accountsToLookAt(freed, successors(claim)).forEach(wake::dispatch);
        if (claim != null && claim.nextToken() != null) {
            wake.dispatchAt(claim.nextToken());
        }
    }

    /// Those after whom nobody else could go, as far as the claim saw.
    private List<ReservedCall> successors(@Nullable Claim claim) {
        return claim == null || claim.saturated() || isUsedUp(claim) ? List.of() : claim.calls();
    }

    private boolean isUsedUp(Claim claim) {
        return offer != null && offer.isUsedUp(claim);
    }

    private static Set<AccountId> accountsToLookAt(List<LiveCall> freed, List<ReservedCall> given) {
        Map<Place, Integer> free = new HashMap<>();
        freed.forEach(call -> places(call).forEach(place -> free.merge(place, 1, Integer::sum)));
        given.forEach(call -> places(call).forEach(place -> free.merge(place, -1, Integer::sum)));
        Set<AccountId> accounts = new LinkedHashSet<>();
        free.forEach(
                (place, more) -> {
                    if (more > 0) {
                        accounts.add(place.account);
                    }
                });
        return accounts;
    }

    private static Stream<Place> places(Call call) {
        AccountId account = call.key().account();
        CampaignId campaign = call.accepted().request().grouping().campaign();
        return Stream.concat(Stream.of(call.accepted().provider()), Stream.ofNullable(campaign))
                .map(limited -> new Place(account, limited));
    }

    /// What a call of an account takes under a limit. Where no account has more places left by any provider
    /// or for any campaign than before, there are none left in the account, by the provider or in all.
    private record Place(AccountId account, Object limited) {}
}
