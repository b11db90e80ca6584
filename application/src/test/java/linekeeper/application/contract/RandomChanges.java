package linekeeper.application.contract;

import static linekeeper.application.contract.TestCalls.PROVIDER;

import linekeeper.application.port.Calls.LateReport;
import linekeeper.application.port.Change;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallKey;
import linekeeper.domain.ConversationId;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.ProviderName;
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

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What happens to calls from their slot to their end, and what is heard of them after that.
final class RandomChanges {
    private static final int MOST_ATTEMPTS = 4;
    private static final int CHOICES = 16;

    /// From here on a call goes the usual way: it is dialed, and then it ends.
    private static final int USUAL = 8;

    private static final int MOST_HELD = 5;

    private final HistoryCourse course;

    RandomChanges(HistoryCourse course) {
        this.course = course;
    }

    /// The same to the calls of one id in all accounts; some hand their slots on.
    void change() {
        String id = course.once(2) ? course.knownId() : liveId();
        int choice = course.random.nextInt(CHOICES);
        for (String account : HistoryCourse.ACCOUNTS) {
            CallKey key = new CallKey(new AccountId(account), TestCalls.key(id).call());
            TestSuccession succession = course.succession();
            String answer =
                    course.node()
                            .engine()
                            .calls()
                            .change(
                                    key,
                                    current ->
                                            current.map(call -> changed(call, choice))
                                                    .orElseGet(() -> Change.none("none")),
                                    succession);
            course.answered(key + " " + answer);
            if (succession.claim() != null) {
                course.servedInTurn(succession.claim().passedOver());
            }
            course.answered("handed on " + course.perAccount(succession.given()));
            lookUp(key);
        }
    }

    /// Few of the known calls hold slots.
    private String liveId() {
        List<String> live =
                course.node().engine().slots().held(course.account(), MOST_HELD).stream()
                        .map(call -> call.key().call().value())
                        .sorted()
                        .toList();
        return live.isEmpty() ? course.knownId() : course.oneOf(live);
    }

    private Change<String> changed(Call call, int choice) {
        TimelineEvent event = TimelineEvent.of(course.now(), "step", Map.of("choice", "" + choice));
        return switch (call) {
            case QueuedCall queued when choice == 0 ->
                    Change.to(
                            queued.withdraw(new Outcome.Cancelled(), course.now()),
                            event,
                            "withdrawn");
            case ReservedCall reserved when choice == 0 ->
                    Change.to(
                            reserved.requeue(Duration.ofSeconds(1), course.now()),
                            event,
                            "put back");
            case QueuedCall queued when choice == 1 ->
                    Change.to(queued.reroute(new ProviderName("other")), event, "rerouted");
            case ReservedCall reserved when choice == 4 ->
                    Change.to(reserved.reroute(new ProviderName("spare")), event, "rerouted");
            case ReservedCall reserved when choice == 1 ->
                    Change.to(reserved.unconfirmed(course.now()), event, "unknown");
            case UnboundCall unbound when choice == 2 || choice >= USUAL ->
                    Change.to(unbound.bind(execution(call), null, course.now()), event, "bound");
            case ActiveCall active when choice == 2 ->
                    active.advance(Progress.ANSWERED, CallFacts.NONE, course.now())
                            .map(next -> Change.to(next, event, "answered"))
                            .orElseGet(() -> Change.none("answered before"));
            case LiveCall live when choice == 5 ->
                    Change.to(
                            live.cancelWished(course.now()), event, "wished " + live.slot().wish());
            case LiveCall live when choice == 6 && live.attempt() < MOST_ATTEMPTS ->
                    again(live, event);
            case LiveCall live when choice == 3 || choice >= USUAL ->
                    Change.to(
                            live.end(new Outcome.NoAnswer(), CallFacts.NONE, course.now()),
                            event,
                            "ended");
            case LiveCall live when choice == 7 ->
                    Change.to(live.cancelAnswered(), event, "answered " + live.slot().wish());
            default -> Change.none("left " + call.status());
        };
    }

    private Change<String> again(LiveCall live, TimelineEvent event) {
        return Change.again(
                live.end(new Outcome.Busy(), CallFacts.NONE, course.now()),
                live.again(course.now().plusMillis(500)),
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
        int attempt = 1 + course.random.nextInt(MOST_ATTEMPTS - 1);
        ExecutionId execution = execution(PROVIDER, key, attempt);
        var calls = course.node().engine().calls();
        course.answered(calls.keyOf(execution) + " " + calls.earlierAttempt(execution));
    }

    /// What is heard of an attempt that another followed, or never was.
    void reportLate() {
        CallKey key = course.knownCall();
        int attempt = 1 + course.random.nextInt(MOST_ATTEMPTS - 1);
        ProviderName provider =
                course.oneOf(
                        List.of(PROVIDER, new ProviderName("spare"), new ProviderName("other")));
        CallFacts facts =
                new CallFacts(
                        course.once(2) ? new ConversationId("conv") : null,
                        course.once(2) ? course.now() : null,
                        null,
                        course.once(2) ? new BigDecimal("12.5") : null,
                        course.once(2) ? new BigDecimal("8.4") : null,
                        null);
        LateReport late =
                new LateReport(
                        key, attempt, execution(provider, key, attempt), facts, course.now());
        course.answered("late " + key + course.node().engine().calls().amendEarlier(late));
    }

    void hide() {
        CallKey key = course.knownCall();
        course.answered("hide " + key + course.node().engine().calls().hide(key, course.now()));
        course.answered("hidden " + course.node().engine().calls().isHidden(key));
    }
}
