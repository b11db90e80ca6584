package linekeeper.application.world;

import linekeeper.application.port.Intake;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CampaignId;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Account;
import linekeeper.domain.call.AcceptedCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.TimelineEvent;
import linekeeper.domain.campaign.Campaign;
import linekeeper.domain.queue.NumberInUse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

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
            if (known != null) {
                return new Admission(new Known(known), List.of());
            }
            return inUse(candidate, account)
                    .map(other -> new Admission(new NumberTaken(other), List.of()))
                    .orElseGet(() -> added(candidate, account));
        }
    }

    private Optional<CallId> inUse(Candidate candidate, Account account) {
        PhoneNumber number = candidate.request().recipient().phone();
        return account.deduplicateNumbers()
                ? state.openNumbers
                        .of(account.id(), number)
                        .map(key -> Objects.requireNonNull(state.calls.get(key)))
                        .filter(call -> NumberInUse.by(call, candidate.now()))
                        .map(call -> call.key().call())
                        .min(Comparator.comparing(CallId::value))
                : Optional.empty();
    }

    private Admission added(Candidate candidate, Account account) {
        QueuedCall call = accepted(candidate, provider(candidate, account)).enqueue();
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
        return state.route(candidate.request()).first().orElse(otherwise);
    }

    private AcceptedCall accepted(Candidate candidate, ProviderName provider) {
        CallRequest request = candidate.request();
        AccountId account = request.key().account();
        CampaignId campaign = request.grouping().campaign();
        Integer ofCampaign = state.retries(account, campaign).maxAttempts();
        if (campaign != null) {
            state.campaigns(account).putIfAbsent(campaign.value(), Campaign.named(campaign));
        }
        int attempts = request.attemptsOr(ofCampaign == null ? 1 : ofCampaign);
        return new AcceptedCall(request, provider, candidate.now(), attempts);
    }

    private List<ReservedCall> claimed(Candidate candidate, Account account) {
        return candidate.claim() == null
                ? List.of()
                : claims.claim(List.of(account.id()), candidate.claim()).calls();
    }
}
