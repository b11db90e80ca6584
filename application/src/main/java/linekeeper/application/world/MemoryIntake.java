package linekeeper.application.world;

import linekeeper.application.port.Intake;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Account;
import linekeeper.domain.call.AcceptedCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.TimelineEvent;

import java.util.ArrayList;
import java.util.List;

/// The intake in memory.
final class MemoryIntake implements Intake {

    private final MemoryState state;
    private final MemoryClaims claims;
    private final MemoryQueue queue;

    MemoryIntake(MemoryState state, MemoryClaims claims, MemoryQueue queue) {
        this.state = state;
        this.claims = claims;
        this.queue = queue;
    }

    @Override
    public Admission admit(Candidate candidate) {
        synchronized (state) {
            Account account = state.accounts.get(candidate.request().key().account());
            if (account == null) {
                return new Admission(new NoSuchAccount(), List.of());
            }
            Call known = state.calls.get(candidate.request().key());
            return known == null
                    ? added(candidate, account)
                    : new Admission(new Known(known), List.of());
        }
    }

    private Admission added(Candidate candidate, Account account) {
        QueuedCall call =
                new AcceptedCall(candidate.request(), provider(candidate, account), candidate.now())
                        .enqueue();
        state.put(call);
        state.record(call.key(), TimelineEvent.of(candidate.now(), "accepted"));
        List<ReservedCall> others = new ArrayList<>(claimed(candidate, account));
        for (ReservedCall claimed : others) {
            if (claimed.key().equals(call.key())) {
                others.remove(claimed);
                return new Admission(new Reserved(claimed), others);
            }
        }
        var standing = queue.standing(call.key(), candidate.now()).orElseThrow();
        return new Admission(new Waiting(call, standing), others);
    }

    /// The agent's own, else the account's, else the service's.
    private ProviderName provider(Candidate candidate, Account account) {
        ProviderName otherwise =
                account.provider() == null ? candidate.provider() : account.provider();
        return state.route(account.id(), candidate.request().routing().agent())
                .first()
                .orElse(otherwise);
    }

    private List<ReservedCall> claimed(Candidate candidate, Account account) {
        return candidate.claim() == null
                ? List.of()
                : claims.claim(List.of(account.id()), candidate.claim()).calls();
    }
}
