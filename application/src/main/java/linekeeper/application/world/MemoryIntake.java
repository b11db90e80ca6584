package linekeeper.application.world;

import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Intake;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.CampaignId;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Account;
import linekeeper.domain.call.AcceptedCall;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.TimelineEvent;
import linekeeper.domain.campaign.Campaign;
import linekeeper.domain.queue.NumberInUse;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

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
        return admitAll(List.of(candidate)).getFirst().orElseThrow();
    }

    /// In one go, as one commit of the database does it: all of them are there before the first slot is
    /// given out, so the calls that are next get the slots, not those that come first in the list.
    @Override
    public List<Optional<Admission>> admitAll(List<Candidate> candidates) {
        synchronized (state) {
            return new Batch().admit(candidates);
        }
    }

    private final class Batch {
        private final Set<CallKey> added = new HashSet<>();
        private final Map<CallKey, ReservedCall> reserved = new LinkedHashMap<>();

        List<Optional<Admission>> admit(List<Candidate> candidates) {
            List<Supplier<Admitted>> answers = candidates.stream().map(this::enter).toList();
            terms(candidates).ifPresent(terms -> claim(claiming(candidates), terms));
            List<ReservedCall> others = new ArrayList<>(reserved.values());
            others.removeIf(call -> added.contains(call.key()));
            List<Optional<Admission>> admissions = new ArrayList<>();
            for (Supplier<Admitted> answer : answers) {
                admissions.add(Optional.of(new Admission(answer.get(), others)));
                others.clear();
            }
            return admissions;
        }

        /// What became of it, to be asked when the slots are given out.
        private Supplier<Admitted> enter(Candidate candidate) {
            CallKey key = candidate.request().key();
            Account account = state.accounts.get(key.account());
            if (account == null) {
                return NoSuchAccount::new;
            }
            if (state.calls.containsKey(key)) {
                return () -> new Known(Objects.requireNonNull(state.calls.get(key)));
            }
            return inUse(candidate, account)
                    .<Supplier<Admitted>>map(other -> () -> new NumberTaken(other))
                    .orElseGet(() -> add(candidate, account));
        }

        private Supplier<Admitted> add(Candidate candidate, Account account) {
            QueuedCall call = accepted(candidate, provider(candidate, account)).enqueue();
            state.put(call);
            state.holdingTimes.accepted(call.accepted());
            state.record(call.key(), TimelineEvent.of(candidate.now(), "accepted"));
            added.add(call.key());
            return () -> placed(call, candidate.now());
        }

        private Admitted placed(QueuedCall call, Instant now) {
            ReservedCall mine = reserved.get(call.key());
            return mine == null
                    ? new Waiting(call, queue.standing(call.key(), now).orElseThrow())
                    : new Reserved(mine);
        }

        /// Of the last that came: it knows best which providers fail.
        private Optional<ClaimTerms> terms(List<Candidate> candidates) {
            return candidates.stream()
                    .flatMap(one -> Stream.ofNullable(one.claim()))
                    .reduce((earlier, later) -> later);
        }

        /// The accounts that have something new, and for which anybody may claim.
        private Set<AccountId> claiming(List<Candidate> candidates) {
            Set<AccountId> claiming = new LinkedHashSet<>();
            for (Candidate one : candidates) {
                if (one.claim() != null) {
                    claiming.add(one.request().key().account());
                }
            }
            claiming.retainAll(added.stream().map(CallKey::account).toList());
            return claiming;
        }

        private void claim(Set<AccountId> claiming, ClaimTerms terms) {
            for (ReservedCall call : claims.claim(claiming, terms).calls()) {
                reserved.put(call.key(), call);
            }
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
}
