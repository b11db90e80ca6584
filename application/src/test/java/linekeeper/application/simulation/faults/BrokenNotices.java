package linekeeper.application.simulation.faults;

import linekeeper.application.CallEngine;
import linekeeper.application.port.Jobs;
import linekeeper.application.port.Leads;
import linekeeper.application.port.Notices;
import linekeeper.domain.notice.Notice;
import linekeeper.domain.notice.NoticeId;
import linekeeper.domain.notice.NoticeType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Results that are told, or counted, as they must not be.
final class BrokenNotices {
    private BrokenNotices() {}

    static Notices marked(Notices notices, CallEngine.Store store) {
        return Wrong.port(
                Notices.class,
                notices,
                (method, about, sound) -> {
                    Object answer = sound.answer();
                    if (answer instanceof Notices.Taken(List<Notice> taken, boolean more)) {
                        Instant now = ((Notices.Wanted) about[0]).now();
                        taken.stream()
                                .filter(one -> one.type() == NoticeType.ENDED)
                                .forEach(one -> mark(notices, one, now));
                    }
                    return answer;
                });
    }

    private static void mark(Notices notices, Notice one, Instant now) {
        notices.settle(one, one.telling().delivered("soon", now), now);
    }

    /// What began is put off, as if it were told, until the next turn.
    static Notices later(Notices notices, CallEngine.Store store) {
        Set<NoticeId> putOff = new LinkedHashSet<>();
        return Wrong.port(
                Notices.class,
                notices,
                (method, about, sound) -> {
                    Object answer = sound.answer();
                    if (answer instanceof Notices.Taken(List<Notice> taken, boolean more)) {
                        Instant now = ((Notices.Wanted) about[0]).now();
                        List<Notice> kept = new ArrayList<>();
                        for (Notice one : taken) {
                            if (one.type() == NoticeType.STARTED && putOff.add(one.id())) {
                                notices.settle(one, one.telling().delivered("later", now), now);
                            } else {
                                kept.add(one);
                            }
                        }
                        kept.stream()
                                .filter(one -> one.type() == NoticeType.ENDED)
                                .forEach(one -> replay(notices, putOff, one, now));
                        return new Notices.Taken(kept, more);
                    }
                    return answer;
                });
    }

    private static void replay(Notices notices, Set<NoticeId> putOff, Notice end, Instant now) {
        putOff.stream()
                .filter(one -> one.key().equals(end.id().key()))
                .forEach(one -> notices.replay(one, now));
    }

    static Flaw idle() {
        return new Flaw() {
            @Override
            public Jobs jobs(Jobs sound) {
                return Wrong.port(
                        Jobs.class,
                        sound,
                        (method, about, call) -> method.equals("take") ? List.of() : call.answer());
            }
        };
    }

    static Flaw countsTwice() {
        return new Flaw() {
            @Override
            public Leads leads(Leads sound) {
                return Wrong.port(
                        Leads.class,
                        sound,
                        (method, about, call) -> {
                            if (method.equals("record")) {
                                about[0] =
                                        ((List<?>) about[0])
                                                .stream()
                                                        .map(Leads.Made.class::cast)
                                                        .map(BrokenNotices::twice)
                                                        .toList();
                            }
                            return call.answer();
                        });
            }
        };
    }

    private static Leads.Made twice(Leads.Made made) {
        return made.job().attempts() > 1
                ? new Leads.Made(made.job(), made.lead().mergedWith(made.lead()))
                : made;
    }
}
