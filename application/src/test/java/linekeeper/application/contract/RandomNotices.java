package linekeeper.application.contract;

import linekeeper.application.port.Notices;
import linekeeper.application.port.Notices.NoticeFilter;
import linekeeper.application.port.Notices.NoticePage;
import linekeeper.application.port.Notices.ReplayRange;
import linekeeper.application.port.Notices.Taken;
import linekeeper.application.port.Notices.Wanted;
import linekeeper.application.port.Slots.Accounts;
import linekeeper.application.port.Slots.ClaimScope;
import linekeeper.application.port.Slots.EveryAccount;
import linekeeper.domain.AccountId;
import linekeeper.domain.notice.Notice;
import linekeeper.domain.notice.NoticeId;
import linekeeper.domain.notice.NoticeStatus;
import linekeeper.domain.notice.Telling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Notices that are taken, settled in time or too late, replayed and given up (A5, H4).
final class RandomNotices {
    private static final int ALL = 1_000;

    /// No lease and no wait is longer.
    private static final int LONGEST_WAIT = 8_000;

    private final HistoryCourse course;
    private final List<Notice> taken = new ArrayList<>();

    RandomNotices(HistoryCourse course) {
        this.course = course;
    }

    void one() {
        switch (course.random.nextInt(9)) {
            case 0, 1, 2 -> take();
            case 3, 4, 5 -> settleSome();
            case 6 -> replayOne();
            case 7 -> replayRange();
            default -> giveUp();
        }
    }

    /// First as many as an account has room for, then all others. How many they are at first is
    /// promised, which of those that are due they are is not.
    private void take() {
        ClaimScope scope =
                course.once(2) ? new EveryAccount() : new Accounts(Set.of(course.account()));
        Notices notices = course.node().notices();
        Instant lease = soon();
        List<Notice> all = takeAll(notices, scope, course.random.nextInt(4), lease);
        Map<String, Integer> first = new TreeMap<>();
        all.forEach(one -> first.merge(one.id().key().account().value(), 1, Integer::sum));
        all.addAll(takeAll(notices, scope, ALL, lease));
        all.sort(Comparator.comparing(one -> one.id().toString()));
        course.answered("first " + first + " of notices " + all.stream().map(this::told).toList());
        taken.addAll(all);
    }

    /// As the loop does, again as long as there may be more.
    private List<Notice> takeAll(Notices notices, ClaimScope scope, int room, Instant lease) {
        List<Notice> all = new ArrayList<>();
        Map<AccountId, Integer> rooms = new HashMap<>();
        Taken now;
        do {
            now = notices.take(new Wanted(scope, rooms, room, ALL, lease, course.now()));
            for (Notice notice : now.notices()) {
                rooms.merge(notice.id().key().account(), room - 1, (left, any) -> left - 1);
            }
            all.addAll(now.notices());
        } while (now.more());
        return all;
    }

    private void settleSome() {
        int some = Math.min(taken.size(), 1 + course.random.nextInt(4));
        for (int i = 0; i < some; i++) {
            Notice notice = course.oneOf(taken);
            Telling next = next(notice.telling());
            boolean stored = course.node().notices().settle(notice, next, course.now());
            course.answered("settled " + told(notice) + stored);
        }
    }

    private Telling next(Telling before) {
        return switch (course.random.nextInt(6)) {
            case 0 -> before.failed("500", Optional.of(soon()));
            case 1 -> before.failed("last", Optional.empty());
            case 2 -> before.waiting("nobody", soon());
            default -> before.delivered("200", course.now());
        };
    }

    private void replayOne() {
        List<Notice> all = all(course.account());
        if (!all.isEmpty()) {
            NoticeId id = course.oneOf(all).id();
            Optional<Notice> replayed = course.node().notices().replay(id, course.now());
            course.answered("replayed " + replayed.map(this::told));
        }
    }

    private void replayRange() {
        Instant from = course.now().minusMillis(course.random.nextInt(20_000));
        ReplayRange range =
                new ReplayRange(
                        from,
                        from.plusMillis(course.random.nextInt(20_000)),
                        course.once(2) ? null : course.oneOf(List.of(NoticeStatus.values())),
                        1 + course.random.nextInt(5));
        AccountId account = course.account();
        course.answered("replayed " + course.node().notices().replay(account, range, course.now()));
    }

    /// What waits behind another may be due as late as that one; so by then all of them are due.
    private void giveUp() {
        course.pass(Duration.ofMillis(LONGEST_WAIT));
        int given = course.node().notices().giveUp(course.now(), "nobody asks", ALL);
        course.answered("given up " + given);
    }

    private Instant soon() {
        return course.now().plusMillis(1 + course.random.nextInt(LONGEST_WAIT - 1));
    }

    /// Everything that is known of an account's notices, then the same by pages and asked for in part.
    void look() {
        AccountId account = course.account();
        List<Notice> all = all(account);
        course.answered("notices " + all.stream().map(one -> told(one) + due(one, all)).toList());
        NoticeStatus status = course.oneOf(List.of(NoticeStatus.values()));
        NoticeFilter filter =
                new NoticeFilter(
                        course.once(2) ? null : status,
                        course.once(3) && !all.isEmpty() ? course.oneOf(all).id().key() : null);
        course.answered("pages of notices " + pages(account, filter));
    }

    private List<List<NoticeId>> pages(AccountId account, NoticeFilter filter) {
        int limit = 1 + course.random.nextInt(4);
        Notices notices = course.node().notices();
        List<List<NoticeId>> pages = new ArrayList<>();
        List<Notice> page = notices.list(account, filter, new NoticePage(limit, null));
        while (!page.isEmpty()) {
            pages.add(page.stream().map(Notice::id).toList());
            Notice last = page.getLast();
            Notices.Place after = new Notices.Place(last.createdAt(), last.id());
            page = notices.list(account, filter, new NoticePage(limit, after));
        }
        return pages;
    }

    private List<Notice> all(AccountId account) {
        NoticeFilter any = new NoticeFilter(null, null);
        return course.node().notices().list(account, any, new NoticePage(ALL, null));
    }

    private String told(Notice notice) {
        Telling telling = notice.telling();
        return "%s %s of %s: %s %d %d %s %s "
                .formatted(
                        notice.id(),
                        notice.type(),
                        notice.createdAt(),
                        telling.status(),
                        telling.deliveries(),
                        telling.failures(),
                        telling.answer(),
                        telling.deliveredAt());
    }

    /// Since when one is due, and until when one is put off that waits behind another, is nobody's
    /// business.
    private String due(Notice notice, List<Notice> all) {
        Telling telling = notice.telling();
        boolean behind =
                all.stream()
                        .filter(one -> one.telling().status() == NoticeStatus.PENDING)
                        .filter(one -> one.id().key().equals(notice.id().key()))
                        .anyMatch(one -> one.id().sequence() < notice.id().sequence());
        boolean waits = telling.status() == NoticeStatus.PENDING && !behind;
        return waits && telling.dueAt().isAfter(course.now()) ? "at " + telling.dueAt() : "";
    }
}
