package linekeeper.application.contract;

import linekeeper.application.port.ClaimTerms;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallKey;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.Line;
import linekeeper.domain.call.ReservedCall;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// How far a random history has got: its nodes, its dice, its clock and what was answered so far.
final class HistoryCourse {
    static final List<String> ACCOUNTS = List.of("default", "one", "two");

    private static final int MANY = 1_000;
    private static final int LATEST = 8;

    final Random random;
    final List<String> answers = new ArrayList<>();
    private final List<Stores> nodes;
    private Instant now = TestCalls.NOW;
    private int made;
    private int steps;
    private final boolean handsOn;
    private boolean archived;

    HistoryCourse(List<Stores> nodes, long seed) {
        this.nodes = List.copyOf(nodes);
        this.handsOn = seed % 5 > 2;
        this.random = new Random(seed);
    }

    /// Any of them. The dice fall alike, however many there are.
    Stores node() {
        return nodes.get(random.nextInt(MANY) % nodes.size());
    }

    Instant now() {
        return now;
    }

    void pass(Duration time) {
        now = now.plus(time);
        nodes.forEach(node -> node.clockIs(now));
    }

    /// True once in `times`.
    boolean once(int times) {
        return random.nextInt(times) == 0;
    }

    <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    AccountId account() {
        return new AccountId(oneOf(ACCOUNTS));
    }

    /// One that no call has had.
    String newId() {
        return "c" + made++;
    }

    /// One that some call has, of whatever account, often one of the latest, so that they get on; as
    /// good as new if none was made yet.
    String knownId() {
        int oldest = once(4) ? 0 : Math.max(0, made - LATEST);
        return "c" + (oldest + random.nextInt(Math.max(1, made - oldest)));
    }

    CallKey knownCall() {
        return new CallKey(account(), TestCalls.key(knownId()).call());
    }

    int made() {
        return made;
    }

    /// Who follows in the slots that changes free: anybody, or, in some histories, nobody.
    TestSuccession succession() {
        return new TestSuccession(handsOn ? ClaimTerms.of(MANY, this::now) : null);
    }

    /// From now on there are calls in the archive.
    void archive() {
        archived = true;
    }

    boolean archived() {
        return archived;
    }

    /// Another begins; numbers in the answers show where it was that they parted.
    void step() {
        answered("step " + ++steps);
    }

    void answered(Object answer) {
        answers.add(answer.toString());
    }

    /// Whoever else is at work, no campaign's call takes the turn of a direct one (D2).
    void servedInTurn(int passedOver) {
        if (passedOver > 0) {
            throw new AssertionError(passedOver + " calls took the turn of a direct one");
        }
    }

    /// In order per account; the order of accounts among themselves is nobody's business.
    Map<String, List<String>> perAccount(List<ReservedCall> calls) {
        Map<String, List<String>> claimed = new TreeMap<>();
        for (ReservedCall call : calls) {
            claimed.computeIfAbsent(call.key().account().value(), any -> new ArrayList<>())
                    .add(call.key().call() + " by " + call.accepted().provider() + line(call));
        }
        return claimed;
    }

    /// Leases are the store's own; so what is told is whether the line is the one that the lease stands
    /// for.
    private String line(ReservedCall call) {
        CallRequest request = call.accepted().request();
        Line line = call.accepted().line();
        return nodes.getFirst()
                .engine()
                .agents()
                .route(request)
                .by(call.accepted().provider())
                .map(agent -> agent.line(request.routing(), call.slot().lease()))
                .map(
                        turn ->
                                turn.equals(line)
                                        ? " in turn as " + line.agent()
                                        : " not in turn " + line)
                .orElseGet(() -> " " + line);
    }
}
