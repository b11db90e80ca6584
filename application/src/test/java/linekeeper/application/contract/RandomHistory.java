package linekeeper.application.contract;

import static linekeeper.application.contract.TestCalls.PROVIDER;
import static linekeeper.application.contract.TestCalls.aCall;

import linekeeper.application.port.Change;
import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Intake.Candidate;
import linekeeper.application.port.Intake.Known;
import linekeeper.application.port.Intake.NoSuchAccount;
import linekeeper.application.port.Intake.NumberTaken;
import linekeeper.application.port.Intake.Reserved;
import linekeeper.application.port.Intake.Waiting;
import linekeeper.application.port.ProviderRoom;
import linekeeper.application.port.Slots.Accounts;
import linekeeper.application.port.Slots.EveryAccount;
import linekeeper.domain.AccountId;
import linekeeper.domain.AgentId;
import linekeeper.domain.CallKey;
import linekeeper.domain.CampaignId;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Account;
import linekeeper.domain.agent.Agent;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.Progress;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.TimelineEvent;
import linekeeper.domain.call.UnboundCall;
import linekeeper.domain.queue.Rate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/// The same random operations, in the same order, on whatever stores it is given; what they answered
/// comes out as lines, to be compared with what other stores answered (D2, D3).
public final class RandomHistory {
    private static final String[] ACCOUNTS = {"default", "one", "two", "nobody"};

    private final Stores stores;
    private final Random random;
    private final List<String> answers = new ArrayList<>();
    private Instant now = TestCalls.NOW;
    private int made;

    private RandomHistory(Stores stores, long seed) {
        this.stores = stores;
        this.random = new Random(seed);
    }

    public static List<String> run(Stores stores, long seed, int steps) {
        RandomHistory history = new RandomHistory(stores, seed);
        history.prepare();
        for (int i = 0; i < steps; i++) {
            history.step();
        }
        return history.answers;
    }

    private void prepare() {
        for (String account : List.of("one", "two")) {
            stores.accounts().create(Account.named(new AccountId(account)));
        }
        stores.limitCampaign(AccountId.DEFAULT, new CampaignId("a"), 1);
        stores.paceCampaign(AccountId.DEFAULT, new CampaignId("b"), Rate.perSecond("0.7"));
        stores.paceCampaign(new AccountId("one"), new CampaignId("a"), Rate.perSecond("2.5"));
        for (String account : List.of("default", "one")) {
            agent(account, "spare", "spare");
            agent(account, "other", "other");
        }
    }

    private void agent(String account, String id, String provider) {
        Agent agent =
                new Agent(
                        new AgentId(id),
                        new ProviderName(provider),
                        "theirs",
                        List.of(),
                        null,
                        List.of());
        stores.engine().agents().put(new AccountId(account), agent);
    }

    private void step() {
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> admit();
            case 4 -> claim();
            case 5, 6, 7 -> change();
            case 8 -> look();
            default -> now = now.plus(Duration.ofMillis(random.nextInt(3_000)));
        }
    }

    private void admit() {
        boolean repeated = made > 0 && random.nextInt(8) == 0;
        TestCalls call = aCall("c" + (repeated ? random.nextInt(made) : made++));
        call.of(ACCOUNTS[random.nextInt(20) == 0 ? 3 : random.nextInt(3)]);
        if (random.nextInt(3) == 0) {
            call.ofCampaign(random.nextBoolean() ? "a" : "b");
        }
        if (random.nextInt(4) == 0) {
            call.prioritised(random.nextInt(200));
        }
        if (random.nextInt(2) == 0) {
            call.by(random.nextBoolean() ? "spare" : "other");
        }
        if (random.nextInt(6) == 0) {
            call.notBefore(now.plusMillis(random.nextInt(4_000)));
        } else if (random.nextInt(6) == 0) {
            call.expiringAt(now.plusMillis(1 + random.nextInt(4_000)));
        }
        var admission =
                stores.engine()
                        .intake()
                        .admit(
                                new Candidate(
                                        call.build(),
                                        PROVIDER,
                                        now,
                                        random.nextInt(5) > 0 ? terms(500) : null));
        String own =
                switch (admission.own()) {
                    case Reserved reserved -> "reserved " + reserved.call().key();
                    case Waiting waiting -> "waits " + waiting.call().key() + waiting.standing();
                    case Known known -> "known " + known.call().key() + known.call().status();
                    case NumberTaken taken -> "taken by " + taken.other();
                    case NoSuchAccount none -> "no account";
                };
        answers.add(own + " and " + perAccount(admission.others()));
    }

    private void claim() {
        int most = 1 + random.nextInt(4);
        var scope =
                random.nextBoolean()
                        ? new EveryAccount()
                        : new Accounts(Set.of(new AccountId(ACCOUNTS[random.nextInt(3)])));
        var claim = stores.engine().slots().claim(scope, terms(most));
        answers.add("claimed " + perAccount(claim.calls()) + claim.saturated() + claim.nextToken());
    }

    private ClaimTerms terms(int most) {
        Map<ProviderName, Integer> room =
                switch (random.nextInt(4)) {
                    case 0 -> Map.of(new ProviderName("spare"), random.nextInt(2));
                    case 1 -> Map.of(PROVIDER, 1, new ProviderName("other"), random.nextInt(3));
                    default -> Map.of();
                };
        return new ClaimTerms(most, new ProviderRoom(room), () -> now);
    }

    /// In order per account; the order of accounts among themselves is nobody's business.
    private static Map<String, List<String>> perAccount(List<ReservedCall> calls) {
        Map<String, List<String>> claimed = new TreeMap<>();
        for (ReservedCall call : calls) {
            claimed.computeIfAbsent(call.key().account().value(), any -> new ArrayList<>())
                    .add(call.key().call() + " by " + call.accepted().provider());
        }
        return claimed;
    }

    private void change() {
        if (made == 0) {
            return;
        }
        String id = "c" + random.nextInt(made);
        int choice = random.nextInt(7);
        for (String account : List.of("default", "one", "two")) {
            CallKey key = new CallKey(new AccountId(account), TestCalls.key(id).call());
            String answer =
                    stores.engine()
                            .calls()
                            .change(
                                    key,
                                    current ->
                                            current.map(call -> changed(call, choice))
                                                    .orElseGet(() -> Change.none("none")));
            answers.add(key + " " + answer);
            lookUp(key);
        }
    }

    private Change<String> changed(Call call, int choice) {
        TimelineEvent event = TimelineEvent.of(now, "step", Map.of("choice", "" + choice));
        return switch (call) {
            case QueuedCall queued when choice == 0 ->
                    Change.to(queued.withdraw(new Outcome.Cancelled(), now), event, "withdrawn");
            case ReservedCall reserved when choice == 0 ->
                    Change.to(reserved.requeue(Duration.ofSeconds(1), now), event, "put back");
            case QueuedCall queued when choice == 1 ->
                    Change.to(queued.reroute(new ProviderName("other")), event, "rerouted");
            case ReservedCall reserved when choice == 4 ->
                    Change.to(reserved.reroute(new ProviderName("spare")), event, "rerouted");
            case ReservedCall reserved when choice == 1 ->
                    Change.to(reserved.unconfirmed(now), event, "unknown");
            case UnboundCall unbound when choice == 2 ->
                    Change.to(unbound.bind(execution(call), null, now), event, "bound");
            case ActiveCall active when choice == 2 ->
                    active.advance(Progress.ANSWERED, CallFacts.NONE, now)
                            .map(next -> Change.to(next, event, "answered"))
                            .orElseGet(() -> Change.none("answered before"));
            case LiveCall live when choice == 5 ->
                    Change.to(live.cancelWished(now), event, "wished " + live.slot().wish());
            case LiveCall live when choice == 6 && live.attempt() < 4 -> again(live, event);
            case LiveCall live when choice == 3 ->
                    Change.to(
                            live.end(new Outcome.NoAnswer(), CallFacts.NONE, now), event, "ended");
            default -> Change.none("left " + call.status());
        };
    }

    private Change<String> again(LiveCall live, TimelineEvent event) {
        return Change.again(
                live.end(new Outcome.Busy(), CallFacts.NONE, now),
                live.again(now.plusMillis(500)),
                event,
                "again " + live.attempt());
    }

    private static ExecutionId execution(Call call) {
        return execution(call.accepted().provider(), call.key(), call.attempt());
    }

    private static ExecutionId execution(ProviderName provider, CallKey key, int attempt) {
        return new ExecutionId(provider, "x-" + key.account() + "-" + key.call() + "-" + attempt);
    }

    private void lookUp(CallKey key) {
        for (int attempt = 1; attempt < 4; attempt++) {
            ExecutionId execution = execution(PROVIDER, key, attempt);
            answers.add(
                    stores.engine().calls().keyOf(execution)
                            + " "
                            + stores.engine().calls().earlierAttempt(execution));
        }
    }

    private void look() {
        for (String account : List.of("default", "one", "two")) {
            AccountId id = new AccountId(account);
            var status = stores.engine().queue().status(id, now);
            QueuedCall next = status.nextDirect();
            answers.add(
                    account
                            + status.direct()
                            + status.campaign()
                            + (next == null ? "" : next.key())
                            + stores.engine().slots().held(id, 100).stream()
                                    .map(call -> call.key() + " " + call.status())
                                    .sorted()
                                    .toList());
        }
        answers.add(
                stores.engine().queue().expired(now, 100).stream()
                        .map(CallKey::toString)
                        .sorted()
                        .toList()
                        .toString());
    }
}
