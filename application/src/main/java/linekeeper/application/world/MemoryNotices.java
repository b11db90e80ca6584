package linekeeper.application.world;

import linekeeper.application.port.Notices;
import linekeeper.application.port.Slots.Accounts;
import linekeeper.application.port.Slots.ClaimScope;
import linekeeper.application.port.Slots.EveryAccount;
import linekeeper.application.world.MemoryState.StoredNotice;
import linekeeper.domain.AccountId;
import linekeeper.domain.notice.Notice;
import linekeeper.domain.notice.NoticeId;
import linekeeper.domain.notice.NoticeStatus;
import linekeeper.domain.notice.Telling;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The notices in memory.
final class MemoryNotices implements Notices {
    private static final Comparator<Notice> DUE_FIRST =
            Comparator.comparing((Notice notice) -> notice.telling().dueAt())
                    .thenComparingLong(notice -> notice.id().sequence());
    private static final Comparator<Notice> NEWEST_FIRST =
            Comparator.comparing(Notice::createdAt)
                    .reversed()
                    .thenComparing(notice -> notice.id().key().call().value())
                    .thenComparing(
                            Comparator.comparingLong((Notice notice) -> notice.id().sequence())
                                    .reversed());

    private final MemoryState state;

    MemoryNotices(MemoryState state) {
        this.state = state;
    }

    @Override
    public Taken take(Wanted wanted) {
        synchronized (state) {
            Map<AccountId, Integer> taken = new HashMap<>();
            List<Notice> chosen =
                    pending()
                            .filter(notice -> isIn(wanted.scope(), notice))
                            .filter(notice -> !notice.telling().dueAt().isAfter(wanted.now()))
                            .filter(notice -> asked(notice) && !isBehindAnother(notice))
                            .sorted(DUE_FIRST)
                            .map(
                                    notice ->
                                            new Turn(
                                                    notice,
                                                    taken.merge(account(notice), 1, Integer::sum)))
                            .filter(turn -> turn.number <= room(turn.notice, wanted))
                            .sorted(Comparator.comparingInt(Turn::number))
                            .limit(wanted.most())
                            .map(turn -> lease(turn.notice, wanted.lease()))
                            .toList();
            return new Taken(chosen, false);
        }
    }

    private static boolean isIn(ClaimScope scope, Notice notice) {
        return switch (scope) {
            case EveryAccount() -> true;
            case Accounts(var ids) -> ids.contains(account(notice));
        };
    }

    private boolean asked(Notice notice) {
        return state.asksFor(account(notice), notice.type());
    }

    private boolean isBehindAnother(Notice notice) {
        return pending()
                .filter(other -> other.id().key().equals(notice.id().key()))
                .filter(this::asked)
                .anyMatch(other -> other.id().sequence() < notice.id().sequence());
    }

    private static int room(Notice notice, Wanted wanted) {
        return wanted.rooms().getOrDefault(account(notice), wanted.room());
    }

    /// Accounts take turns.
    ///
    /// @param number 1 for an account's first
    private record Turn(Notice notice, int number) {}

    private Notice lease(Notice notice, Instant until) {
        Notice leased = notice.with(notice.telling().leased(until));
        state.notices.put(notice.id(), new StoredNotice(leased, true));
        return leased;
    }

    @Override
    public boolean settle(Notice leased, Telling next, Instant now) {
        synchronized (state) {
            StoredNotice stored = state.notices.get(leased.id());
            boolean mine =
                    stored != null
                            && stored.inFlight()
                            && stored.notice().telling().deliveries()
                                    == leased.telling().deliveries();
            if (mine) {
                state.notices.put(leased.id(), new StoredNotice(leased.with(next), false));
            }
            return mine;
        }
    }

    @Override
    public Optional<Notice> find(NoticeId id) {
        synchronized (state) {
            return Optional.ofNullable(state.notices.get(id)).map(StoredNotice::notice);
        }
    }

    @Override
    public List<Notice> list(AccountId account, NoticeFilter filter, NoticePage page) {
        synchronized (state) {
            return all().filter(notice -> account(notice).equals(account))
                    .filter(n -> filter.status() == null || n.telling().status() == filter.status())
                    .filter(n -> filter.call() == null || n.id().key().equals(filter.call()))
                    .filter(notice -> isAfter(notice, page))
                    .sorted(NEWEST_FIRST)
                    .limit(page.limit())
                    .toList();
        }
    }

    private static boolean isAfter(Notice notice, NoticePage page) {
        Place after = page.after();
        return after == null
                || NEWEST_FIRST.compare(
                                notice,
                                new Notice(
                                        after.id(),
                                        notice.type(),
                                        after.createdAt(),
                                        notice.telling()))
                        > 0;
    }

    @Override
    public Optional<Notice> replay(NoticeId id, Instant now) {
        synchronized (state) {
            return Optional.ofNullable(state.notices.get(id)).map(stored -> replay(stored, now));
        }
    }

    private Notice replay(StoredNotice stored, Instant now) {
        Notice notice = stored.notice();
        if (stored.inFlight() && notice.telling().dueAt().isAfter(now)) {
            return notice;
        }
        Notice again = notice.with(notice.telling().replayed(now));
        state.notices.put(notice.id(), new StoredNotice(again, false));
        return again;
    }

    @Override
    public Replayed replay(AccountId account, ReplayRange range, Instant now) {
        synchronized (state) {
            List<Notice> found =
                    all().filter(notice -> account(notice).equals(account))
                            .filter(notice -> isIn(range, notice))
                            .sorted(Comparator.comparing(Notice::createdAt))
                            .limit(range.most() + 1L)
                            .toList();
            List<Notice> some = found.subList(0, Math.min(found.size(), range.most()));
            some.forEach(notice -> replay(notice.id(), now));
            return new Replayed(
                    some.size(), found.size() > range.most() ? found.getLast().createdAt() : null);
        }
    }

    private static boolean isIn(ReplayRange range, Notice notice) {
        NoticeStatus status = notice.telling().status();
        boolean wanted =
                range.status() == null ? status != NoticeStatus.PENDING : status == range.status();
        return wanted
                && !notice.createdAt().isBefore(range.from())
                && notice.createdAt().isBefore(range.to());
    }

    @Override
    public int giveUp(Instant cutoff, String why, int most) {
        synchronized (state) {
            List<Notice> unwanted =
                    pending()
                            .filter(notice -> !notice.telling().dueAt().isAfter(cutoff))
                            .filter(notice -> !asked(notice))
                            .sorted(DUE_FIRST)
                            .limit(most)
                            .toList();
            unwanted.forEach(
                    notice ->
                            state.notices.put(
                                    notice.id(),
                                    new StoredNotice(
                                            notice.with(notice.telling().dead(why)), false)));
            return unwanted.size();
        }
    }

    private Stream<Notice> all() {
        return state.notices.values().stream().map(StoredNotice::notice);
    }

    private Stream<Notice> pending() {
        return all().filter(notice -> notice.telling().status() == NoticeStatus.PENDING);
    }

    private static AccountId account(Notice notice) {
        return notice.id().key().account();
    }
}
