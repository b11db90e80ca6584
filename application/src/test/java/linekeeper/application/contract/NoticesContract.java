package linekeeper.application.contract;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.aCall;
import static linekeeper.application.contract.TestCalls.key;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.port.Change;
import linekeeper.application.port.Notices;
import linekeeper.application.port.Notices.NoticeFilter;
import linekeeper.application.port.Notices.NoticePage;
import linekeeper.application.port.Notices.Place;
import linekeeper.application.port.Notices.ReplayRange;
import linekeeper.application.port.Notices.Replayed;
import linekeeper.application.port.Notices.Wanted;
import linekeeper.application.port.Slots.Accounts;
import linekeeper.application.port.Slots.ClaimScope;
import linekeeper.application.port.Slots.EveryAccount;
import linekeeper.domain.AccountId;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.TimelineEvent;
import linekeeper.domain.notice.Notice;
import linekeeper.domain.notice.NoticeId;
import linekeeper.domain.notice.NoticeStatus;
import linekeeper.domain.notice.NoticeType;
import linekeeper.domain.notice.SigningSecrets;
import linekeeper.domain.notice.Telling;
import linekeeper.domain.notice.Webhook;
import linekeeper.domain.notice.WebhookSecret;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What must be told is kept until it is told, in order per call (A5, H4).
public abstract class NoticesContract extends StoresContract {
    private static final Instant LEASE = NOW.plusSeconds(30);
    private static final NoticeFilter ANY = new NoticeFilter(null, null);

    @Test
    void keepsWebhooks() {
        Webhook webhook = webhook("default", EnumSet.of(NoticeType.ENDED));
        assertThat(stores.webhooks().find(AccountId.DEFAULT)).isEmpty();
        assertThat(stores.webhooks().update(AccountId.DEFAULT, one -> one)).isEmpty();

        stores.webhooks().put(AccountId.DEFAULT, none -> webhook);
        Webhook changed =
                webhook.rotated(new WebhookSecret("whsec_bmV3"), NOW).disabled("gone", NOW);
        assertThat(stores.webhooks().find(AccountId.DEFAULT)).contains(webhook);
        assertThat(stores.webhooks().update(AccountId.DEFAULT, one -> changed)).contains(changed);
        assertThat(stores.webhooks().find(AccountId.DEFAULT)).contains(changed);
        Webhook again = stores.webhooks().put(AccountId.DEFAULT, one -> reset(one.orElseThrow()));
        assertThat(again.disabled()).isNull();
        assertThat(again.events()).hasSize(3);
        assertThat(stores.webhooks().find(AccountId.DEFAULT)).contains(again);

        assertThat(stores.webhooks().remove(AccountId.DEFAULT)).isTrue();
        assertThat(stores.webhooks().remove(AccountId.DEFAULT)).isFalse();
        assertThat(stores.webhooks().find(AccountId.DEFAULT)).isEmpty();
    }

    @Test
    void writesEveryEndAndWhatElseIsAskedFor() {
        end(bind(reserved(aCall("before")), "x1"));
        listening("default");
        end(bind(reserved(aCall("after")), "x2"));

        assertThat(told("before")).containsExactly(NoticeType.ENDED);
        assertThat(told("after")).containsExactly(NoticeType.ENDED, NoticeType.STARTED);
        Notice ended = all().getLast();
        assertThat(ended)
                .isEqualTo(
                        new Notice(
                                new NoticeId(key("before"), 4),
                                NoticeType.ENDED,
                                NOW,
                                Telling.due(NOW)));
        assertThat(stores.notices().find(ended.id())).contains(ended);
        assertThat(stores.notices().find(new NoticeId(key("before"), 3))).isEmpty();
    }

    @Test
    void takesNothingThatNobodyAsksFor() {
        end(bind(reserved(aCall("a")), "x"));
        assertThat(take()).isEmpty();

        listening("default", NoticeType.STARTED);
        assertThat(take()).isEmpty();

        listening("default");
        stores.webhooks().update(AccountId.DEFAULT, one -> one.disabled("gone", NOW));
        assertThat(take()).isEmpty();

        listening("default");
        assertThat(take()).hasSize(1);
    }

    @Test
    void leasesWhatItTakes() {
        listening("default");
        end(reserved(aCall("a")));

        Notice taken = take().getFirst();

        assertThat(taken.telling().deliveries()).isEqualTo(1);
        assertThat(taken.telling().dueAt()).isEqualTo(LEASE);
        assertThat(take()).isEmpty();
        assertThat(takeAt(LEASE).getFirst().telling().deliveries()).isEqualTo(2);
        assertThat(settle(taken, taken.telling().delivered("late", NOW))).isFalse();
        assertThat(found(taken).status()).isEqualTo(NoticeStatus.PENDING);
    }

    @Test
    void settlesOnce() {
        listening("default");
        end(reserved(aCall("a")));
        Notice taken = take().getFirst();
        Telling failed = taken.telling().failed("answered 500", Optional.of(NOW.plusSeconds(5)));

        assertThat(settle(taken, failed)).isTrue();
        assertThat(settle(taken, failed)).isFalse();

        assertThat(found(taken)).isEqualTo(failed);
        assertThat(takeAt(NOW.plusSeconds(4))).isEmpty();
        Notice again = takeAt(NOW.plusSeconds(5)).getFirst();
        assertThat(again.telling().failures()).isEqualTo(1);
        Telling delivered = again.telling().delivered("answered 200", NOW.plusSeconds(6));
        assertThat(settle(again, delivered)).isTrue();
        assertThat(found(taken)).isEqualTo(delivered);
        assertThat(takeAt(NOW.plus(Duration.ofDays(9)))).isEmpty();
    }

    @Test
    void keepsTheOrderOfACall() {
        listening("default");
        end(bind(reserved(aCall("a")), "x"));
        end(bind(reserved(aCall("b")), "y"));

        List<Notice> first = take();
        assertThat(first).extracting(Notice::type).containsOnly(NoticeType.STARTED).hasSize(2);
        assertThat(take()).isEmpty();

        Notice startOfA = first.getFirst();
        assertThat(settle(startOfA, startOfA.telling().delivered("answered 200", NOW))).isTrue();
        assertThat(take())
                .extracting(Notice::id)
                .containsExactly(new NoticeId(startOfA.id().key(), 4));

        Notice startOfB = first.getLast();
        settle(startOfB, startOfB.telling().failed("500", Optional.of(NOW.plusSeconds(7))));
        assertThat(takeAt(NOW.plusSeconds(6))).isEmpty();
        Notice again = takeAt(NOW.plusSeconds(7)).getFirst();
        assertThat(again.id()).isEqualTo(startOfB.id());
        settle(again, again.telling().dead("enough"));
        assertThat(takeAt(NOW.plusSeconds(8)))
                .extracting(Notice::type)
                .containsExactly(NoticeType.ENDED);
    }

    @Test
    void isNotHeldUpByWhatNobodyAsksForAnyMore() {
        listening("default");
        end(bind(reserved(aCall("a")), "x"));
        listening("default", NoticeType.ENDED);

        assertThat(take()).extracting(Notice::type).containsExactly(NoticeType.ENDED);
    }

    @Test
    void letsAccountsTakeTurns() {
        for (String account : List.of("one", "two")) {
            account(account, 9);
            listening(account);
        }
        for (int i = 0; i < 5; i++) {
            end(reserved(aCall("a" + i).of("one")));
        }
        end(reserved(aCall("b").of("two")));

        List<Notice> taken = take(new EveryAccount(), Map.of(), 3);
        assertThat(taken)
                .extracting(notice -> notice.id().key().account().value())
                .containsExactlyInAnyOrder("one", "one", "two");
        assertThat(take(only("two"), Map.of(), 9)).isEmpty();
        assertThat(take(new EveryAccount(), Map.of(new AccountId("one"), 0), 9)).isEmpty();
        assertThat(take(only("one"), Map.of(new AccountId("one"), 2), 9)).hasSize(2);
        assertThat(take(only("one"), Map.of(), 9)).hasSize(1);
    }

    @Test
    void listsNewestFirstPageByPage() {
        for (int i = 0; i < 5; i++) {
            end(reserved(aCall("c" + i)));
        }
        account("other", 1);
        end(reserved(aCall("c9").of("other")));

        List<Notice> two = list(ANY, new NoticePage(2, null));
        Notice last = two.getLast();
        List<Notice> rest = list(ANY, new NoticePage(9, new Place(last.createdAt(), last.id())));

        assertThat(two).extracting(NoticesContract::call).containsExactly("c0", "c1");
        assertThat(rest).extracting(NoticesContract::call).containsExactly("c2", "c3", "c4");
        assertThat(list(new NoticeFilter(null, key("c3")), new NoticePage(9, null))).hasSize(1);
        assertThat(list(new NoticeFilter(NoticeStatus.DEAD, null), new NoticePage(9, null)))
                .isEmpty();
        assertThat(list(new NoticeFilter(NoticeStatus.PENDING, null), new NoticePage(9, null)))
                .hasSize(5);
    }

    @Test
    void replaysOne() {
        listening("default");
        end(reserved(aCall("a")));
        Notice taken = take().getFirst();
        assertThat(stores.notices().replay(taken.id(), NOW)).contains(taken);
        settle(taken, taken.telling().failed("500", Optional.empty()));

        Notice replayed = stores.notices().replay(taken.id(), NOW).orElseThrow();

        assertThat(replayed.telling().status()).isEqualTo(NoticeStatus.PENDING);
        assertThat(replayed.telling().failures()).isZero();
        Notice again = take().getFirst();
        assertThat(again.id()).isEqualTo(taken.id());
        assertThat(again.telling().deliveries()).isEqualTo(2);
        assertThat(stores.notices().replay(new NoticeId(key("nobody"), 1), NOW)).isEmpty();
    }

    @Test
    void replaysATime() {
        listening("default");
        for (int i = 0; i < 3; i++) {
            endAt("c" + i, NOW.plusSeconds(i));
        }
        takeAt(NOW.plusSeconds(9))
                .forEach(notice -> settle(notice, notice.telling().delivered("200", NOW)));
        endAt("pending", NOW.plusSeconds(1));

        Replayed first = replay(NOW, 2, null);
        Replayed rest = replay(NOW.plusSeconds(2), 2, NoticeStatus.DELIVERED);

        assertThat(first).isEqualTo(new Replayed(2, NOW.plusSeconds(2)));
        assertThat(rest).isEqualTo(new Replayed(1, null));
        assertThat(takeAt(NOW.plusSeconds(9))).hasSize(4);
        assertThat(replay(NOW.plusSeconds(60), 2, null)).isEqualTo(new Replayed(0, null));
    }

    @Test
    void givesUpWhatNobodyAsksFor() {
        end(reserved(aCall("lost")));
        account("heard", 1);
        listening("heard");
        end(reserved(aCall("kept").of("heard")));

        assertThat(stores.notices().giveUp(NOW.minusSeconds(1), "why", 9)).isZero();
        assertThat(stores.notices().giveUp(NOW, "why", 9)).isEqualTo(1);

        Notice given = all().getFirst();
        assertThat(given.telling().status()).isEqualTo(NoticeStatus.DEAD);
        assertThat(given.telling().answer()).isEqualTo("why");
        assertThat(take()).extracting(NoticesContract::call).containsExactly("kept");
    }

    private void endAt(String id, Instant at) {
        var call = reserved(aCall(id));
        stores.engine()
                .calls()
                .change(
                        call.key(),
                        current ->
                                Change.to(
                                        call.end(new Outcome.Busy(), CallFacts.NONE, at),
                                        TimelineEvent.of(at, "ended"),
                                        true));
    }

    private Replayed replay(Instant from, int most, NoticeStatus status) {
        ReplayRange range = new ReplayRange(from, NOW.plusSeconds(30), status, most);
        return stores.notices().replay(AccountId.DEFAULT, range, NOW.plusSeconds(9));
    }

    private void listening(String account) {
        listening(account, NoticeType.values());
    }

    private void listening(String account, NoticeType... types) {
        Webhook webhook = webhook(account, Set.of(types));
        stores.webhooks().put(webhook.account(), any -> webhook);
    }

    private static Webhook webhook(String account, Set<NoticeType> events) {
        return new Webhook(
                new AccountId(account),
                URI.create("https://backend.example/results?a=b"),
                events,
                SigningSecrets.of(new WebhookSecret("whsec_c2VjcmV0")),
                null,
                NOW);
    }

    private static Webhook reset(Webhook webhook) {
        return webhook.pointedTo(webhook.url(), EnumSet.allOf(NoticeType.class));
    }

    private List<Notice> take() {
        return takeAt(NOW);
    }

    private List<Notice> takeAt(Instant now) {
        Instant lease = LEASE.isAfter(now) ? LEASE : now.plusSeconds(30);
        return takeAll(new Wanted(new EveryAccount(), Map.of(), 8, 100, lease, now));
    }

    private List<Notice> take(ClaimScope scope, Map<AccountId, Integer> rooms, int most) {
        return takeAll(new Wanted(scope, rooms, 8, most, LEASE, NOW));
    }

    /// As the loop does: again as long as there may be more.
    private List<Notice> takeAll(Wanted wanted) {
        Notices.Taken taken = stores.notices().take(wanted);
        return taken.notices().isEmpty() && taken.more() ? takeAll(wanted) : taken.notices();
    }

    private static ClaimScope only(String account) {
        return new Accounts(Set.of(new AccountId(account)));
    }

    private boolean settle(Notice leased, Telling next) {
        return stores.notices().settle(leased, next, NOW);
    }

    private Telling found(Notice notice) {
        return stores.notices().find(notice.id()).orElseThrow().telling();
    }

    private List<Notice> all() {
        return list(ANY, new NoticePage(100, null));
    }

    private List<Notice> list(NoticeFilter filter, NoticePage page) {
        return stores.notices().list(AccountId.DEFAULT, filter, page);
    }

    private List<NoticeType> told(String id) {
        return all().stream()
                .filter(notice -> notice.id().key().equals(key(id)))
                .map(Notice::type)
                .toList();
    }

    private static String call(Notice notice) {
        return notice.id().key().call().value();
    }
}
