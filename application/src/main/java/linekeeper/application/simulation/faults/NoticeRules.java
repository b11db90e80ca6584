package linekeeper.application.simulation.faults;

import linekeeper.application.port.Notices.NoticeFilter;
import linekeeper.application.port.Notices.NoticePage;
import linekeeper.domain.CallKey;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.notice.Notice;
import linekeeper.domain.notice.NoticeId;
import linekeeper.domain.notice.NoticeStatus;
import linekeeper.domain.notice.NoticeType;

import java.util.List;

/// What a backend must be told, and what it counts as told.
final class NoticeRules {
    private static final int ALL = 1_000;

    private final Stores stores;
    private final Backends backends;

    NoticeRules(Stores stores, Backends backends) {
        this.stores = stores;
        this.backends = backends;
    }

    void ended(EndedCall call) {
        long lines =
                stores.engine().calls().timeline(call.key(), 0, ALL).stream()
                        .filter(line -> line.event().name().equals("ended"))
                        .count();
        long told = ends(call.key());
        if (lines != 1 || told != 1) {
            String what = lines + " ends in the timeline and " + told + " notices of it";
            throw new Broken(Invariant.ONE_END, call.key(), what);
        }
    }

    void goesOn(Call call) {
        if (ends(call.key()) > 0) {
            throw new Broken(Invariant.ONE_END, call.key(), "its end is told, and it goes on");
        }
    }

    /// After a delivery.
    void told(NoticeId id) {
        stores.notices().find(id).ifPresent(this::told);
    }

    void told(Call call) {
        of(call.key()).forEach(this::told);
    }

    private void told(Notice notice) {
        boolean claimed = notice.telling().status() == NoticeStatus.DELIVERED;
        if (claimed && !backends.took(notice.id())) {
            throw new Broken(Invariant.TOLD, notice.id().key(), notice + " was never taken");
        }
    }

    boolean allTold(Call call) {
        return of(call.key()).stream()
                .allMatch(notice -> notice.telling().status() == NoticeStatus.DELIVERED);
    }

    List<Notice> of(CallKey key) {
        return stores.notices()
                .list(key.account(), new NoticeFilter(null, key), new NoticePage(ALL, null));
    }

    private long ends(CallKey key) {
        return of(key).stream().filter(notice -> notice.type() == NoticeType.ENDED).count();
    }
}
