package linekeeper.application.contract;

import linekeeper.domain.AccountId;
import linekeeper.domain.CallKey;
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

    final Random random;
    final List<String> answers = new ArrayList<>();
    private final List<Stores> nodes;
    private Instant now = TestCalls.NOW;
    private int made;

    HistoryCourse(List<Stores> nodes, long seed) {
        this.nodes = List.copyOf(nodes);
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

    /// One that some call has, of whatever account; as good as new if none was made yet.
    String knownId() {
        return "c" + random.nextInt(Math.max(1, made));
    }

    CallKey knownCall() {
        return new CallKey(account(), TestCalls.key(knownId()).call());
    }

    int made() {
        return made;
    }

    void answered(Object answer) {
        answers.add(answer.toString());
    }

    /// In order per account; the order of accounts among themselves is nobody's business.
    static Map<String, List<String>> perAccount(List<ReservedCall> calls) {
        Map<String, List<String>> claimed = new TreeMap<>();
        for (ReservedCall call : calls) {
            claimed.computeIfAbsent(call.key().account().value(), any -> new ArrayList<>())
                    .add(call.key().call() + " by " + call.accepted().provider());
        }
        return claimed;
    }
}
