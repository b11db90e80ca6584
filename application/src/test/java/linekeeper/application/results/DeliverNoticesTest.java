package linekeeper.application.results;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.aCall;
import static linekeeper.application.contract.TestCalls.key;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.contract.TestCalls;
import linekeeper.application.port.Change;
import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Intake.Candidate;
import linekeeper.application.port.Intake.Reserved;
import linekeeper.application.port.NoticeObserver;
import linekeeper.application.port.Notices.NoticeFilter;
import linekeeper.application.port.Notices.NoticePage;
import linekeeper.application.port.ResultSender;
import linekeeper.application.port.Slots.EveryAccount;
import linekeeper.application.port.Transcripts.Conversation;
import linekeeper.application.world.MemoryStores;
import linekeeper.domain.AccountId;
import linekeeper.domain.account.Account;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.Spoken;
import linekeeper.domain.call.TimelineEvent;
import linekeeper.domain.notice.DeliverySchedule;
import linekeeper.domain.notice.Notice;
import linekeeper.domain.notice.NoticeStatus;
import linekeeper.domain.notice.NoticeType;
import linekeeper.domain.notice.Telling;
import linekeeper.domain.notice.Webhook;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/// Every result is told at least once, in order per call, one account never in another's way (A5, H4).
final class DeliverNoticesTest {
    private static final AccountId OTHER = new AccountId("other");

    private final MemoryStores stores = new MemoryStores(Limits.of(1000, 1000));
    private final Deque<Notice> handedOver = new ArrayDeque<>();
    private final List<ResultSender.Message> received = new ArrayList<>();
    private final List<String> observed = new ArrayList<>();
    private ResultSender receiver = (webhook, message) -> new ResultSender.Answered(200, null);
    private Instant now = NOW;
    private ResultDelivery results;

    @BeforeEach
    void wire() {
        results =
                ResultDelivery.over(
                        new ResultDelivery.Store(
                                stores.notices(),
                                stores.webhooks(),
                                stores.engine().calls(),
                                stores.engine().transcripts()),
                        new ResultDelivery.Surroundings(
                                this::receive,
                                handedOver::add,
                                account -> {},
                                new Observer(),
                                DeliverySchedule.DEFAULT,
                                new SplittableRandom(1),
                                () -> now));
        stores.accounts().create(Account.named(OTHER));
        listen(AccountId.DEFAULT);
        listen(OTHER);
    }

    @Test
    void tellsBeginningAndEnd() {
        ended("a");
        run();

        assertThat(received)
                .extracting(message -> message.notice().type())
                .containsExactly(NoticeType.STARTED, NoticeType.ENDED);
        ResultSender.Message started = received.getFirst();
        assertThat(started.told())
                .containsEntry("execution_id", "x-a")
                .containsEntry("attempt", "1");
        assertThat(received.getLast().transcript())
                .extracting(line -> line.spoken().text())
                .containsExactly("Hello");
        assertThat(statuses()).containsOnly(NoticeStatus.DELIVERED);
        assertThat(observed).containsExactly("delivered", "delivered");
    }

    @Test
    void triesAgainByTheScheduleAndThenGivesUp() {
        receiver = answering(500);
        ended("a");
        List<Duration> waits = new ArrayList<>();
        while (first().status() == NoticeStatus.PENDING) {
            run();
            Telling telling = first();
            if (telling.status() == NoticeStatus.PENDING) {
                waits.add(Duration.between(now, telling.dueAt()));
                now = telling.dueAt();
            }
        }

        List<Duration> least = DeliverySchedule.DEFAULT.waits();
        assertThat(waits).hasSize(9);
        for (int i = 0; i < 9; i++) {
            assertThat(waits.get(i))
                    .isBetween(least.get(i), least.get(i).multipliedBy(11).dividedBy(10));
        }
        assertThat(first().deliveries()).isEqualTo(10);
        assertThat(first().answer()).isEqualTo("answered 500");
        String id = received.getFirst().notice().id().text();
        assertThat(received.subList(0, 10))
                .extracting(message -> message.notice().id().text())
                .containsOnly(id);
        assertThat(observed.subList(0, 10)).endsWith("failed", "dead");
        assertThat(received.subList(10, received.size()))
                .extracting(message -> message.notice().type())
                .containsExactly(NoticeType.ENDED);
    }

    @Test
    void tellsEverythingOnceAReceiverIsBack() {
        receiver = (webhook, message) -> new ResultSender.NotAnswered("no answer");
        for (int i = 0; i < 30; i++) {
            ended("c" + i);
        }
        Instant back = now.plus(Duration.ofHours(1));
        while (now.isBefore(back)) {
            run();
            now = now.plusSeconds(20);
        }
        assertThat(statuses()).containsOnly(NoticeStatus.PENDING);

        received.clear();
        receiver = answering(204);
        for (int i = 0; i < 400; i++) {
            run();
            now = now.plusSeconds(20);
        }
        assertThat(statuses()).hasSize(60).containsOnly(NoticeStatus.DELIVERED);
        Map<String, NoticeType> last = new HashMap<>();
        for (ResultSender.Message message : received) {
            String call = message.call().key().call().value();
            NoticeType before = last.put(call, message.notice().type());
            assertThat(before)
                    .isEqualTo(
                            message.notice().type() == NoticeType.STARTED
                                    ? null
                                    : NoticeType.STARTED);
        }
    }

    @Test
    void leavesAReceiverAloneAsLongAsItAsks() {
        receiver = (webhook, message) -> new ResultSender.Answered(429, Duration.ofMinutes(3));
        ended("a");
        run();
        assertThat(first().dueAt()).isEqualTo(now.plus(Duration.ofMinutes(3)));

        receiver = (webhook, message) -> new ResultSender.Answered(503, Duration.ofDays(30));
        now = now.plus(Duration.ofMinutes(3));
        run();
        assertThat(first().dueAt()).isEqualTo(now.plus(Duration.ofDays(1)));
    }

    @Test
    void takesARedirectForAFailure() {
        receiver = answering(302);
        ended("a");
        run();

        assertThat(first().status()).isEqualTo(NoticeStatus.PENDING);
        assertThat(first().failures()).isEqualTo(1);
    }

    @Test
    void stopsAskingAReceiverThatIsGone() {
        receiver = answering(410);
        ended("a");
        run();
        run();

        assertThat(received).hasSize(1);
        Webhook webhook = stores.webhooks().find(AccountId.DEFAULT).orElseThrow();
        assertThat(Objects.requireNonNull(webhook.disabled()).why()).contains("410");
        assertThat(first().failures()).isZero();
        now = now.plus(Duration.ofDays(2));
        assertThat(results.giveUp().runOnce()).isZero();

        receiver = answering(200);
        listen(AccountId.DEFAULT);
        run();
        assertThat(statuses()).containsOnly(NoticeStatus.DELIVERED);
    }

    @Test
    void givesUpWhatNobodyTookForThreeDays() {
        results.setUp().remove(AccountId.DEFAULT);
        ended("a");
        run();
        now = now.plus(Duration.ofDays(3));

        assertThat(received).isEmpty();
        assertThat(results.giveUp().runOnce()).isEqualTo(1);
        assertThat(statuses()).containsOnly(NoticeStatus.DEAD);
    }

    /// A receiver that hangs holds its own places only, and after its first failure just one.
    @Test
    void letsNobodyHoldUpAnotherAccount() {
        for (int i = 0; i < 20; i++) {
            ended("slow" + i);
        }
        results.deliver().runOnce(new EveryAccount());
        assertThat(handedOver).hasSize(Places.PER_ACCOUNT);
        List<Notice> hanging = new ArrayList<>(handedOver);
        handedOver.clear();

        ended("quick", OTHER);
        run();
        assertThat(received)
                .extracting(message -> message.call().key().account())
                .containsExactly(OTHER, OTHER);

        receiver = (webhook, message) -> new ResultSender.NotAnswered("no answer");
        hanging.forEach(results.deliver()::deliver);
        results.deliver().runOnce(new EveryAccount());
        assertThat(handedOver).hasSize(1);
    }

    /// Killed between sending and storing: sent again under the same id when the lease is over.
    @Test
    void sendsAgainWhatAKilledProcessSent() {
        ended("a");
        results.deliver().runOnce(new EveryAccount());
        Notice lost = handedOver.remove();
        now = now.plusSeconds(29);
        run();
        assertThat(received).isEmpty();

        now = now.plusSeconds(1);
        run();
        assertThat(received.getFirst().notice().id()).isEqualTo(lost.id());
        assertThat(received.getFirst().notice().telling().deliveries()).isEqualTo(2);
    }

    @Test
    void sendsNothingWhoseLeaseIsNearlyOver() {
        ended("a");
        results.deliver().runOnce(new EveryAccount());
        now = now.plusSeconds(20);

        results.deliver().deliver(handedOver.remove());

        assertThat(received).isEmpty();
    }

    @Test
    void replaysUnderTheSameId() {
        ended("a");
        run();
        Notice told = all().getFirst();
        received.clear();

        assertThat(results.replay().one(told.id())).isPresent();
        run();

        assertThat(received).extracting(m -> m.notice().id()).containsExactly(told.id());
    }

    private ResultSender.Sent receive(Webhook webhook, ResultSender.Message message) {
        received.add(message);
        return receiver.send(webhook, message);
    }

    private static ResultSender answering(int status) {
        return (webhook, message) -> new ResultSender.Answered(status, null);
    }

    private void listen(AccountId account) {
        results.setUp()
                .put(
                        account,
                        new SetUpWebhook.Wish(
                                URI.create("https://backend.example/" + account),
                                EnumSet.allOf(NoticeType.class),
                                false));
    }

    /// Until nothing is due.
    private void run() {
        do {
            while (!handedOver.isEmpty()) {
                results.deliver().deliver(handedOver.remove());
            }
        } while (results.deliver().runOnce(new EveryAccount()).taken() > 0);
    }

    private void ended(String id) {
        ended(id, AccountId.DEFAULT);
    }

    private void ended(String id, AccountId account) {
        var admission =
                stores.engine()
                        .intake()
                        .admit(
                                new Candidate(
                                        aCall(id).of(account.value()).build(),
                                        TestCalls.PROVIDER,
                                        now,
                                        ClaimTerms.of(500, () -> now)));
        ReservedCall reserved = ((Reserved) admission.own()).call();
        ActiveCall bound = reserved.bind(TestCalls.execution("x-" + id), null, now);
        change(bound, TimelineEvent.of(now, "bound", Map.of("execution_id", "x-" + id)));
        stores.engine()
                .transcripts()
                .append(new Conversation(bound.key(), 1, null), new Spoken("agent", "Hello", now));
        change(
                bound.end(new Outcome.Completed(), CallFacts.NONE, now),
                TimelineEvent.of(now, "ended"));
    }

    private void change(Call next, TimelineEvent event) {
        stores.engine().calls().change(next.key(), current -> Change.to(next, event, true));
    }

    private Telling first() {
        return all().stream()
                .filter(notice -> notice.id().key().equals(key("a")))
                .map(Notice::telling)
                .toList()
                .getLast();
    }

    private List<NoticeStatus> statuses() {
        return all().stream().map(notice -> notice.telling().status()).toList();
    }

    private List<Notice> all() {
        return stores.notices()
                .list(AccountId.DEFAULT, new NoticeFilter(null, null), new NoticePage(100, null));
    }

    private final class Observer implements NoticeObserver {
        @Override
        public void delivered(Notice notice) {
            observed.add("delivered");
        }

        @Override
        public void failed(Notice notice) {
            observed.add("failed");
        }

        @Override
        public void died(Notice notice) {
            observed.add("dead");
        }
    }
}
