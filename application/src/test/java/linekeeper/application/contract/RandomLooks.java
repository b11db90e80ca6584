package linekeeper.application.contract;

import linekeeper.application.port.Slots.Overdue;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.TimelineEvent;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What is asked about queue, slots and calls.
final class RandomLooks {
    private static final int MOST = 100;

    private final HistoryCourse course;

    RandomLooks(HistoryCourse course) {
        this.course = course;
    }

    void look() {
        HistoryCourse.ACCOUNTS.forEach(account -> look(new AccountId(account)));
        var queue = course.node().engine().queue();
        course.answered("expired " + sorted(queue.expired(course.now(), MOST)));
        course.answered("uses " + uses());
    }

    private Map<String, Object> uses() {
        Map<String, Object> named = new TreeMap<>();
        course.node()
                .engine()
                .slots()
                .uses()
                .forEach((provider, use) -> named.put(provider.value(), use));
        return named;
    }

    private void look(AccountId id) {
        var status = course.node().engine().queue().status(id, course.now());
        QueuedCall next = status.nextDirect();
        course.answered(
                id
                        + " "
                        + status.direct()
                        + status.campaign()
                        + status.limit()
                        + (next == null ? "" : next.key())
                        + course.node().engine().slots().held(id, MOST).stream()
                                .map(RandomLooks::told)
                                .sorted()
                                .toList());
    }

    private static String told(Call call) {
        return call.key()
                + " "
                + call.status()
                + call.attempt()
                + "/"
                + call.accepted().maxAttempts()
                + call.accepted().provider();
    }

    /// Asks who should be asked about, and puts them off.
    void takeUnsettled() {
        var now = course.now();
        Overdue overdue = new Overdue(ago(2_000), ago(4_000), ago(1_000), now);
        var taken =
                course.node()
                        .engine()
                        .slots()
                        .takeUnsettled(overdue, now.plus(Duration.ofSeconds(3)), MOST);
        course.answered("unsettled " + taken.stream().map(RandomLooks::told).sorted().toList());
        for (String account : HistoryCourse.ACCOUNTS) {
            var putOff = new TreeMap<String, Object>();
            course.node()
                    .engine()
                    .slots()
                    .putOff(new AccountId(account))
                    .forEach((key, until) -> putOff.put(key.toString(), until));
            course.answered("put off " + putOff);
        }
    }

    private Instant ago(int millis) {
        return course.now().minusMillis(course.random.nextInt(millis));
    }

    /// Calls that somebody else could dial, and calls that nobody of theirs can.
    void lookForOthers() {
        Set<ProviderName> failing =
                Set.of(new ProviderName(course.oneOf(List.of("spare", "other"))));
        Set<ProviderName> usable =
                Set.of(
                        new ProviderName("simulated"),
                        new ProviderName("spare"),
                        new ProviderName("other"));
        var queue = course.node().engine().queue();
        course.answered(
                "reroutable "
                        + sorted(
                                queue.reroutable(
                                        failing, without(usable, failing), course.now(), MOST)));
        course.answered("astray " + sorted(queue.astray(course.account(), MOST)));
    }

    private static Set<ProviderName> without(Set<ProviderName> all, Set<ProviderName> some) {
        return all.stream().filter(one -> !some.contains(one)).collect(Collectors.toSet());
    }

    private static List<String> sorted(List<CallKey> keys) {
        return keys.stream().map(CallKey::toString).sorted().toList();
    }

    /// Every call with its whole timeline; of an id that is live somewhere only those that are.
    void audit() {
        for (int i = 0; i < course.made(); i++) {
            CallId id = TestCalls.key("c" + i).call();
            course.node().engine().calls().withId(id, MOST).forEach(this::audit);
        }
    }

    private void audit(CallKey key) {
        var calls = course.node().engine().calls();
        calls.find(key)
                .ifPresent(
                        call -> course.answered(told(call) + calls.isHidden(key) + timeline(key)));
    }

    private String timeline(CallKey key) {
        StringBuilder lines = new StringBuilder();
        for (var line : course.node().engine().calls().timeline(key, 0, MOST)) {
            TimelineEvent event = line.event();
            lines.append(" ").append(line.sequence()).append(event.at()).append(event.name());
            lines.append(new TreeMap<>(event.detail()));
        }
        return lines.toString();
    }
}
