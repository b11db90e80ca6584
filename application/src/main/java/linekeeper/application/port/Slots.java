package linekeeper.application.port;

import linekeeper.domain.AccountId;
import linekeeper.domain.CallKey;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.queue.Rate;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The concurrency slots: who holds them, who gets the free ones.
public interface Slots {
    /// Gives free slots to the waiting calls that are due, in queue order, as far as every limit
    /// allows; one commit. No interleaving of claims, admissions and crashes exceeds a limit (D3).
    ///
    /// @throws StoreUnavailable calls may have been claimed; the reconciler settles those nobody
    ///     dials
    Claim claim(ClaimScope scope, ClaimTerms terms);

    /// The calls of one account that hold slots, oldest first, at most `most`.
    List<LiveCall> held(AccountId account, int most);

    /// Takes calls that somebody should ask the provider about, oldest first, and puts each off
    /// until `again`, so that several nodes do not ask at once and a crash loses none.
    List<LiveCall> takeUnsettled(Overdue overdue, Instant again, int most);

    /// Of the account's slots those that [#takeUnsettled] has put off, and until when.
    default Map<CallKey, Instant> putOff(AccountId account) {
        return Map.of();
    }

    /// Whether any slot of this provider has no execution id yet.
    boolean anyUnbound(ProviderName provider);

    /// What each provider has in use and may have; those with neither are left out.
    Map<ProviderName, ProviderUse> uses();

    /// @param active slots in use, on all nodes
    /// @param limit null: none of its own
    /// @param rate null: it is not paced
    record ProviderUse(int active, @Nullable Integer limit, @Nullable Rate rate) {
        public static final ProviderUse NONE = new ProviderUse(0, null, null);
    }

    /// How many slots of this provider, in all accounts, have no execution id yet and are for calls to
    /// this number: if it is more than one, an execution found for the number may be any of theirs.
    int countUnbound(ProviderName provider, PhoneNumber to);

    /// @param calls in queue order per account
    /// @param saturated a limit shared by several accounts is reached: the next free slot may belong
    ///     to any of them
    /// @param nextToken when pacing lets another call go that was due; null: it holds none back. May be
    ///     in vain
    /// @param passedOver how many campaign calls got a slot that a waiting direct call of the same
    ///     account and provider could have had; more than none indicates a bug (D7)
    record Claim(
            List<ReservedCall> calls,
            boolean saturated,
            @Nullable Instant nextToken,
            int passedOver) {
        public Claim {
            calls = List.copyOf(calls);
        }

        /// In the right order, and nobody was held back by pacing.
        public Claim(List<ReservedCall> calls, boolean saturated) {
            this(calls, saturated, null, 0);
        }
    }

    /// Whose calls a claim looks at.
    sealed interface ClaimScope {}

    record EveryAccount() implements ClaimScope {}

    record Accounts(Set<AccountId> ids) implements ClaimScope {
        public Accounts {
            ids = Set.copyOf(ids);
        }
    }

    /// Which slots are overdue.
    ///
    /// @param graceSince without execution id and reserved at or before this; or disconnected, without
    ///     a final report, and last heard of at or before this
    /// @param staleSince bound, and last heard of at or before this
    /// @param wishedSince bound, and asked at or before this to end, which the provider has not answered
    /// @param now slots put off until later than this are left out
    record Overdue(Instant graceSince, Instant staleSince, Instant wishedSince, Instant now) {
        public Overdue(Instant graceSince, Instant staleSince, Instant now) {
            this(graceSince, staleSince, graceSince, now);
        }
    }
}
