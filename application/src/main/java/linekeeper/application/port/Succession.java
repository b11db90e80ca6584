package linekeeper.application.port;

import linekeeper.application.port.Slots.Claim;
import linekeeper.domain.call.LiveCall;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Who follows in the slots that a change frees: offered with the change ([Calls#change]), so that a store
/// can give them out in the very commit that frees them. Of the changes that share a commit, one's is
/// used, by one thread at a time. It must be quick and must not throw.
public interface Succession {
    /// Nobody follows; whoever changes the call sees to it.
    Succession NONE =
            new Succession() {
                @Override
                public @Nullable ClaimTerms terms() {
                    return null;
                }

                @Override
                public void over(List<LiveCall> freed, @Nullable Claim claim) {}
            };

    /// What may be given out; null: nothing, by this node or now. Asked at most once, and only if a slot
    /// comes free.
    @Nullable ClaimTerms terms();

    /// Told once if a slot came free or the terms were asked: after the commit, before anybody whose change
    /// was in it gets an answer.
    ///
    /// @param freed the calls that gave slots back, as they were while they had them; none: nothing may
    ///     have been committed
    /// @param claim what was given out in the same commit, and is to be dialed; null: there was no claim, or
    ///     it failed
    void over(List<LiveCall> freed, @Nullable Claim claim);
}
