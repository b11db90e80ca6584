package linekeeper.application.world;

import linekeeper.application.port.Notices;
import linekeeper.application.port.Slots.Accounts;
import linekeeper.application.port.Slots.ClaimScope;
import linekeeper.application.port.Slots.EveryAccount;
import linekeeper.application.world.NoticeBox.StoredNotice;
import linekeeper.domain.AccountId;
import linekeeper.domain.notice.Notice;
import linekeeper.domain.notice.NoticeId;
import linekeeper.domain.notice.NoticeStatus;
import linekeeper.domain.notice.Telling;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The notices in memory.
final class MemoryNotices implements Notices {
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
            List<Turn> turns = new ArrayList<>();
            accounts(wanted.scope()).forEach(one -> turns.addAll(turns(one, wanted)));
            List<Notice> chosen =
                    turns.stream()
                            .sorted(Turn.ORDER)
                            .limit(wanted.most())
                            .map(turn -> lease(turn.notice, wanted.lease()))
                            .toList();
            return new Taken(chosen, false);
        }
    }

    private Set<AccountId> accounts(ClaimScope scope) {
        return switch (scope) {
            case EveryAccount() -> state.notices.accounts();
            case Accounts(var ids) -> ids;
        };
    }

    private List<Turn> turns(AccountId account, Wanted wanted) {
        if (!state.webhooks.containsKey(account)) {
            return List.of();
        }
        List<Turn> turns = new ArrayList<>();
        state.notices
                .due(account, wanted.now())
                .filter(notice -> asked(notice) && !isBehindAnother(notice))
                .limit(wanted.rooms().getOrDefault(account, wanted.room()))
                .forEach(notice -> turns.add(new Turn(notice, turns.size() + 1)));
        return turns;
    }

    private boolean asked(Notice notice) {
        return state.asksFor(account(notice), notice.type());
    }

    private boolean isBehindAnother(Notice notice) {
        return state.notices.before(notice).stream().anyMatch(this::asked);
    }

    /// Accounts take turns.
    ///
    /// @param number 1 for an account's first
    private record Turn(Notice notice, int number) {
        private static final Comparator<Turn> ORDER =
                Comparator.comparingInt(Turn::number)
                        .thenComparing(Turn::notice, NoticeBox.DUE_FIRST);
    }

    private Notice lease(Notice notice, Instant until) {
        Notice leased = notice.with(notice.telling().leased(until));
        state.notices.put(leased, true);
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
                state.notices.put(leased.with(next), false);
                if (next.status() != NoticeStatus.PENDING) {
                    state.notices.behind(leased.id()).forEach(one -> hasten(one, now));
                }
            }
            return mine;
        }
    }

    /// Nothing keeps it any more, unless it has failed by itself or is being sent.
    private void hasten(StoredNotice behind, Instant now) {
        Telling telling = behind.notice().telling();
        if (!behind.inFlight() && telling.failures() == 0 && telling.dueAt().isAfter(now)) {
            state.notices.put(behind.notice().with(telling.replayed(now)), false);
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
            return state.notices
                    .all()
                    .filter(notice -> account(notice).equals(account))
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
        state.notices.put(again, false);
        return again;
    }

    @Override
    public Replayed replay(AccountId account, ReplayRange range, Instant now) {
        synchronized (state) {
            List<Notice> found =
                    state.notices
                            .all()
                            .filter(notice -> account(notice).equals(account))
                            .filter(notice -> isIn(range, notice))
                            .sorted(NEWEST_FIRST.reversed())
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
                    state.notices.accounts().stream()
                            .flatMap(account -> unasked(account, cutoff, most))
                            .sorted(NoticeBox.DUE_FIRST)
                            .limit(most)
                            .toList();
            unwanted.forEach(
                    notice -> state.notices.put(notice.with(notice.telling().dead(why)), false));
            return unwanted.size();
        }
    }

    private Stream<Notice> unasked(AccountId account, Instant cutoff, int most) {
        return state.notices.due(account, cutoff).filter(notice -> !asked(notice)).limit(most);
    }

    private static AccountId account(Notice notice) {
        return notice.id().key().account();
    }
}
