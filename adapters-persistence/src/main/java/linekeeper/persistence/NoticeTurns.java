package linekeeper.persistence;

import linekeeper.application.port.Notices.Taken;
import linekeeper.application.port.Notices.Wanted;
import linekeeper.domain.AccountId;
import linekeeper.domain.notice.Notice;
import linekeeper.domain.notice.NoticeId;
import linekeeper.domain.notice.Telling;
import linekeeper.persistence.NoticeClaims.Locked;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which of the locked notices are taken: of each account as many as it has room for, the accounts in
/// turn. Not thread-safe.
final class NoticeTurns {
    private final List<Locked> locked;
    private final Map<NoticeId, Instant> ahead;
    private final Wanted wanted;

    /// @param locked those due longest first
    /// @param ahead when that is due which a notice waits behind
    NoticeTurns(List<Locked> locked, Map<NoticeId, Instant> ahead, Wanted wanted) {
        this.locked = locked;
        this.ahead = ahead;
        this.wanted = wanted;
    }

    Taken taken(Writer writer) {
        List<Notice> chosen = chosen();
        List<Notice> putOff = putOff();
        writer.write(chosen, putOff, wanted.lease());
        List<Notice> leased =
                chosen.stream().map(one -> one.with(one.telling().leased(wanted.lease()))).toList();
        return new Taken(leased, !putOff.isEmpty());
    }

    private List<Notice> chosen() {
        Map<AccountId, Integer> numbers = new HashMap<>();
        List<Turn> turns = new ArrayList<>();
        for (Locked one : locked) {
            AccountId account = one.notice().id().key().account();
            if (!ahead.containsKey(one.notice().id())) {
                int number = numbers.merge(account, 1, Integer::sum);
                if (number <= one.room()) {
                    turns.add(new Turn(one.notice(), number));
                }
            }
        }
        return turns.stream()
                .sorted(Comparator.comparingInt(Turn::number))
                .limit(wanted.most())
                .map(Turn::notice)
                .toList();
    }

    /// Only those that this puts off indeed: to look at the others again would change nothing.
    private List<Notice> putOff() {
        List<Notice> putOff = new ArrayList<>();
        for (Locked one : locked) {
            Telling telling = one.notice().telling();
            Instant due = ahead.get(one.notice().id());
            if (due != null && due.isAfter(telling.dueAt())) {
                putOff.add(one.notice().with(telling.waiting("", due)));
            }
        }
        return putOff;
    }

    /// @param number 1 for an account's first
    private record Turn(Notice notice, int number) {}

    /// Stores leases, and new due times of those that wait.
    interface Writer {
        void write(List<Notice> leased, List<Notice> putOff, Instant lease);
    }
}
