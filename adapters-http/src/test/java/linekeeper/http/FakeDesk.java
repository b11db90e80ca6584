package linekeeper.http;

import linekeeper.application.port.CallQueue;
import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Intake;
import linekeeper.application.port.Slots;
import linekeeper.application.port.Standing;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallKey;
import linekeeper.domain.LeaseToken;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.AcceptedCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallType;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.UnboundCall;
import linekeeper.domain.queue.Occupancy;
import linekeeper.domain.queue.QueuePlace;
import linekeeper.domain.queue.Rate;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Intake, queue and slots over [FakeCalls], with one limit for every account.
final class FakeDesk implements Intake, CallQueue, Slots {
    private final FakeCalls calls;
    private final int limit;
    private long leases;

    FakeDesk(FakeCalls calls, int limit) {
        this.calls = calls;
        this.limit = limit;
    }

    @Override
    public synchronized Admission admit(Candidate candidate) {
        CallKey key = candidate.request().key();
        return new Admission(
                calls.find(key).<Admitted>map(Known::new).orElseGet(() -> enter(candidate)),
                List.of());
    }

    private Admitted enter(Candidate candidate) {
        QueuedCall queued =
                new AcceptedCall(candidate.request(), candidate.provider(), candidate.now())
                        .enqueue();
        AccountId account = queued.key().account();
        boolean free = calls.all(account, LiveCall.class).size() < limit;
        Call call = free ? queued.reserve(new LeaseToken(++leases), candidate.now()) : queued;
        calls.put(call);
        return call instanceof ReservedCall reserved
                ? new Reserved(reserved)
                : new Waiting(queued, standing(queued.key(), candidate.now()).orElseThrow());
    }

    @Override
    public Optional<Standing> standing(CallKey key, Instant now) {
        List<QueuedCall> waiting = calls.all(key.account(), QueuedCall.class);
        int live = calls.all(key.account(), LiveCall.class).size();
        Occupancy.Use use = new Occupancy.Use(Occupancy.Scope.ACCOUNT, live, limit);
        for (int i = 0; i < waiting.size(); i++) {
            if (waiting.get(i).key().equals(key)) {
                QueuePlace place = new QueuePlace(i + 1, waiting.size());
                return Optional.of(new Standing(place, new Occupancy(List.of(use))));
            }
        }
        return Optional.empty();
    }

    @Override
    public Status status(AccountId account, Instant now) {
        List<QueuedCall> waiting = calls.all(account, QueuedCall.class);
        Counts direct = counts(account, CallType.DIRECT);
        Counts campaign = counts(account, CallType.CAMPAIGN);
        return new Status(direct, campaign, waiting.isEmpty() ? null : waiting.getFirst(), limit);
    }

    private Counts counts(AccountId account, CallType type) {
        return new Counts(
                count(account, QueuedCall.class, type), count(account, LiveCall.class, type));
    }

    private int count(AccountId account, Class<? extends Call> state, CallType type) {
        return (int)
                calls.all(account, state).stream()
                        .filter(call -> call.accepted().request().type() == type)
                        .count();
    }

    @Override
    public List<CallKey> expired(Instant now, int most) {
        return List.of();
    }

    @Override
    public Claim claim(ClaimScope scope, ClaimTerms terms) {
        return new Claim(List.of(), false);
    }

    @Override
    public List<LiveCall> held(AccountId account, int most) {
        return calls.all(account, LiveCall.class);
    }

    @Override
    public List<LiveCall> takeUnsettled(Overdue overdue, Instant again, int most) {
        return List.of();
    }

    @Override
    public boolean anyUnbound(ProviderName provider) {
        return !calls.all(AccountId.DEFAULT, UnboundCall.class).isEmpty();
    }

    @Override
    public List<CallKey> reroutable(
            Set<ProviderName> failing, Set<ProviderName> usable, Instant now, int most) {
        return List.of();
    }

    @Override
    public List<CallKey> astray(AccountId account, int most) {
        return List.of();
    }

    @Override
    public Map<ProviderName, ProviderUse> uses() {
        int live = calls.all(AccountId.DEFAULT, LiveCall.class).size();
        return Map.of(FakeProvider.NAME, new ProviderUse(live, 7, Rate.perSecond("2.5")));
    }

    @Override
    public int countUnbound(ProviderName provider, PhoneNumber to) {
        return calls.all(AccountId.DEFAULT, UnboundCall.class).size();
    }
}
