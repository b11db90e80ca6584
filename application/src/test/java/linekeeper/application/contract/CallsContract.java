package linekeeper.application.contract;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.aCall;
import static linekeeper.application.contract.TestCalls.execution;
import static linekeeper.application.contract.TestCalls.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import linekeeper.application.port.CallFilter;
import linekeeper.application.port.CallPage;
import linekeeper.application.port.Calls.Hiding;
import linekeeper.application.port.Calls.Recorded;
import linekeeper.application.port.Change;
import linekeeper.application.port.Intake.Known;
import linekeeper.application.port.Intake.Waiting;
import linekeeper.application.port.PageRequest;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.CampaignId;
import linekeeper.domain.ConversationId;
import linekeeper.domain.LeaseToken;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.CallType;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.Failure;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.Progress;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.TimelineEvent;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The record of a call keeps every state, one change after the other (A8, B2, B3, B4, E2).
public abstract class CallsContract extends StoresContract {
    private static final CallFacts FACTS =
            new CallFacts(
                    new ConversationId("conv-1"),
                    NOW.plusSeconds(4),
                    "human",
                    new BigDecimal("12.5"),
                    new BigDecimal("8.4"),
                    "https://recordings.example/1");

    @Test
    void findsCallsByTheirIdAloneTheLiveOnesFirst() {
        account("other", 1);
        account("third", 0);
        end(reserved(aCall("same")));
        assertThat(withId("same")).containsExactly(key("same"));

        ReservedCall live = reserved(aCall("same").of("other"));
        admitted(aCall("same").of("third"));
        assertThat(withId("same")).containsExactly(live.key());

        end(live);
        assertThat(withId("same"))
                .containsExactly(key("same"), live.key(), aCall("same").of("third").build().key());
        assertThat(stores.engine().calls().withId(new CallId("same"), 2)).hasSize(2);
        assertThat(withId("nobody")).isEmpty();
    }

    private List<CallKey> withId(String id) {
        return stores.engine().calls().withId(new CallId(id), 10);
    }

    @Test
    void keepsEveryState() {
        ReservedCall reserved = reserved(aCall("a"));
        var unknown = reserved.unconfirmed(NOW.plusSeconds(1));
        change(reserved, unknown, "dial_unknown");
        assertThat(found("a")).contains(unknown);

        ActiveCall bound = bind(unknown, "exec-1");
        assertThat(found("a")).contains(bound);

        ActiveCall answered =
                bound.advance(Progress.ANSWERED, FACTS, NOW.plusSeconds(4)).orElseThrow();
        change(bound, answered, "answered");
        assertThat(found("a")).contains(answered);

        EndedCall ended = answered.end(new Outcome.Completed(), FACTS, NOW.plusSeconds(16));
        change(answered, ended, "ended");
        assertThat(found("a")).contains(ended);
    }

    @Test
    void keepsEveryOutcome() {
        List<Outcome> outcomes =
                List.of(
                        new Outcome.Completed(),
                        new Outcome.NoAnswer(),
                        new Outcome.Busy(),
                        new Outcome.Voicemail(),
                        new Outcome.Cancelled(),
                        new Outcome.Expired(),
                        new Outcome.Failed(new Failure("BUSY_HERE", "with ‘quotes’ and \n lines")));
        for (Outcome outcome : outcomes) {
            String id = outcome.status().wireName();
            ReservedCall call = reserved(aCall(id));
            EndedCall ended = call.end(outcome, CallFacts.NONE, NOW);
            change(call, ended, "ended");

            assertThat(found(id)).contains(ended);
        }
    }

    @Test
    void findsACallByItsExecution() {
        ActiveCall bound = bind(reserved(aCall("a")), "exec-1");

        assertThat(stores.engine().calls().keyOf(execution("exec-1"))).contains(key("a"));
        end(bound);
        assertThat(stores.engine().calls().keyOf(execution("exec-1"))).contains(key("a"));
        assertThat(stores.engine().calls().keyOf(execution("exec-2"))).isEmpty();
    }

    @Test
    void putsACallBackIntoTheQueue() {
        ReservedCall call = reserved(aCall("a"));
        QueuedCall waiting = call.requeue(Duration.ofSeconds(5), NOW);

        change(call, waiting, "put_back");

        assertThat(found("a")).contains(waiting);
        assertThat(stores.engine().slots().held(AccountId.DEFAULT, 10)).isEmpty();
    }

    @Test
    void withdrawsAWaitingCall() {
        reserved(aCall("a"));
        reserved(aCall("b"));
        QueuedCall waiting = ((Waiting) admitted(aCall("c"))).call();

        EndedCall ended = waiting.withdraw(new Outcome.Cancelled(), NOW);
        change(waiting, ended, "ended");

        assertThat(found("c")).contains(ended);
        assertThat(stores.engine().queue().status(AccountId.DEFAULT, NOW).direct().queued())
                .isZero();
    }

    @Test
    void refusesAChangeThatTakesASlotWithoutAClaim() {
        reserved(aCall("a"));
        reserved(aCall("b"));
        QueuedCall waiting = ((Waiting) admitted(aCall("c"))).call();
        var stolen = waiting.reserve(new LeaseToken(99), NOW);

        assertThatThrownBy(() -> change(waiting, stolen, "stolen"))
                .isInstanceOf(IllegalStateException.class);
        assertThat(found("c")).contains(waiting);
    }

    @Test
    void asksTheDecisionEvenIfThereIsNoCall() {
        Boolean present =
                stores.engine()
                        .calls()
                        .change(key("nobody"), current -> Change.none(current.isPresent()));

        assertThat(present).isFalse();
    }

    @Test
    void letsAFailingDecisionChangeNothing() {
        ReservedCall call = reserved(aCall("a"));

        assertThatThrownBy(
                        () ->
                                stores.engine()
                                        .calls()
                                        .change(
                                                call.key(),
                                                current -> {
                                                    throw new UnsupportedOperationException("no");
                                                }))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(found("a")).contains(call);
    }

    @Test
    void letsOneOfManyConcurrentChangesWin() throws Exception {
        ReservedCall call = reserved(aCall("a"));
        List<Future<Boolean>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                all.add(threads.submit(() -> releasedByMe(call)));
            }
        }

        int released = 0;
        for (Future<Boolean> one : all) {
            released += one.get() ? 1 : 0;
        }
        assertThat(released).isEqualTo(1);
    }

    private Boolean releasedByMe(ReservedCall call) {
        return stores.engine()
                .calls()
                .change(
                        call.key(),
                        current ->
                                current.filter(call::equals).isPresent()
                                        ? Change.to(
                                                call.end(
                                                        new Outcome.Completed(),
                                                        CallFacts.NONE,
                                                        NOW),
                                                TimelineEvent.of(NOW, "ended"),
                                                true)
                                        : Change.none(false));
    }

    @Test
    void numbersTheTimelineWithoutGaps() throws Exception {
        ReservedCall call = reserved(aCall("a"));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 40; i++) {
                TimelineEvent note = TimelineEvent.of(NOW, "note", Map.of("n", "№ " + i));
                threads.execute(
                        () ->
                                stores.engine()
                                        .calls()
                                        .change(call.key(), current -> Change.note(note, true)));
            }
        }

        List<Recorded> timeline = stores.engine().calls().timeline(key("a"), 0, 100);
        assertThat(timeline).hasSize(42);
        assertThat(timeline).extracting(Recorded::sequence).isSorted().endsWith(42L);
        assertThat(stores.engine().calls().timeline(key("a"), 40, 100)).hasSize(2);
        assertThat(timeline.getLast().event().detail().get("n")).startsWith("№ ");
    }

    @Test
    void hidesACallThatIsOverAndKeepsItsIdAndTimeline() {
        end(reserved(aCall("a")));
        Call ended = found("a").orElseThrow();

        for (int again = 0; again < 2; again++) {
            assertThat(stores.engine().calls().hide(key("a"), NOW)).isEqualTo(Hiding.HIDDEN);
        }

        assertThat(list(CallFilter.ANY, new PageRequest(3, null)).calls()).isEmpty();
        assertThat(stores.engine().calls().isHidden(key("a"))).isTrue();
        assertThat(admitted(aCall("a"))).isEqualTo(new Known(ended));
        assertThat(stores.engine().calls().timeline(key("a"), 0, 10))
                .extracting(line -> line.event().name())
                .endsWith("ended", "deleted")
                .doesNotHaveDuplicates();
    }

    @Test
    void hidesNoCallThatIsNotOver() {
        reserved(aCall("a"));

        assertThat(stores.engine().calls().hide(key("a"), NOW)).isEqualTo(Hiding.NOT_OVER);
        assertThat(stores.engine().calls().hide(key("b"), NOW)).isEqualTo(Hiding.NO_SUCH_CALL);
        assertThat(stores.engine().calls().isHidden(key("a"))).isFalse();
        assertThat(list(CallFilter.ANY, new PageRequest(3, null)).calls()).hasSize(1);
    }

    @Test
    void listsNewestFirstInPages() {
        for (int i = 0; i < 5; i++) {
            admitted(aCall("c" + i));
        }
        CallPage first = list(CallFilter.ANY, new PageRequest(3, null));
        CallPage second = list(CallFilter.ANY, new PageRequest(3, first.next()));

        assertThat(ids(first)).containsExactly("c0", "c1", "c2");
        assertThat(ids(second)).containsExactly("c3", "c4");
        assertThat(second.next()).isNull();
    }

    @Test
    void filtersLists() {
        end(reserved(aCall("done")));
        reserved(aCall("live").to("+14155550177"));
        reserved(aCall("run").ofCampaign("autumn"));
        admitted(aCall("waits"));

        assertThat(ids(status(CallStatus.COMPLETED))).containsExactly("done");
        assertThat(ids(status(CallStatus.DIALING))).containsExactly("live", "run");
        assertThat(ids(status(CallStatus.QUEUED))).containsExactly("waits");
        assertThat(ids(list(filter(CallType.CAMPAIGN), new PageRequest(10, null))))
                .containsExactly("run");
        assertThat(
                        ids(
                                list(
                                        new CallFilter(
                                                null,
                                                null,
                                                new CampaignId("autumn"),
                                                null,
                                                null,
                                                NOW,
                                                NOW.plusNanos(1000)),
                                        new PageRequest(10, null))))
                .containsExactly("run");
        assertThat(
                        ids(
                                list(
                                        new CallFilter(
                                                null,
                                                null,
                                                null,
                                                null,
                                                new PhoneNumber("+14155550177"),
                                                null,
                                                null),
                                        new PageRequest(10, null))))
                .containsExactly("live");
    }

    @Test
    void findsNothingThatIsNotThere() {
        assertThat(found("nobody")).isEqualTo(Optional.empty());
        assertThat(stores.engine().calls().timeline(key("nobody"), 0, 10)).isEmpty();
        assertThat(stores.engine().queue().standing(key("nobody"), NOW)).isEmpty();
    }

    private CallPage status(CallStatus status) {
        return list(
                new CallFilter(status, null, null, null, null, null, null),
                new PageRequest(10, null));
    }

    private static CallFilter filter(CallType type) {
        return new CallFilter(null, type, null, null, null, null, null);
    }

    private CallPage list(CallFilter filter, PageRequest page) {
        return stores.engine().calls().list(AccountId.DEFAULT, filter, page);
    }

    private static List<String> ids(CallPage page) {
        return page.calls().stream().map(Call::key).map(key -> key.call().value()).toList();
    }
}
