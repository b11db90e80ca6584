package linekeeper.bootstrap.endtoend;

import linekeeper.domain.notice.NoticeId;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The backend was told of every beginning, every attempt's end and every end, of nothing else, and of
/// each call in its order; what was told twice came under one id (A5, H4).
final class NoticeAudit {
    private static final Map<String, String> TYPES =
            Map.of(
                    "bound", "call.started",
                    "attempt_ended", "call.attempt_ended",
                    "ended", "call.ended");

    private final List<Broken> broken = new ArrayList<>();

    private NoticeAudit() {}

    /// @param told what the backend took, in its order
    static List<Broken> of(Books books, List<Backend.Told> told) {
        NoticeAudit audit = new NoticeAudit();
        audit.everyOne(books, told);
        audit.inOrder(told);
        audit.endsAsKept(books, told);
        return audit.broken;
    }

    private void everyOne(Books books, List<Backend.Told> told) {
        Set<Notice> due = new HashSet<>();
        for (Books.Entry entry : books.entries()) {
            for (Books.Line line : entry.timeline()) {
                String type = TYPES.get(line.event());
                if (type != null) {
                    due.add(new Notice(entry.call(), line.sequence(), type));
                }
            }
        }
        Set<Notice> surplus = new HashSet<>();
        told.forEach(one -> surplus.add(notice(one)));
        for (Notice one : due) {
            if (!surplus.remove(one)) {
                broken.add(new Broken(one.call, one.type + " was never told"));
            }
        }
        surplus.forEach(one -> broken.add(new Broken(one.call, one + " was told for no reason")));
    }

    private void inOrder(List<Backend.Told> told) {
        Map<String, Notice> last = new HashMap<>();
        for (Backend.Told one : told) {
            Notice now = notice(one);
            Notice before = last.put(now.call, now);
            if (before != null && before.sequence > now.sequence) {
                broken.add(new Broken(now.call, now + " was told after " + before));
            }
        }
    }

    private void endsAsKept(Books books, List<Backend.Told> told) {
        for (Backend.Told one : told) {
            String call = notice(one).call;
            boolean kept = books.calls().contains(call);
            if (one.type().equals("call.ended")
                    && kept
                    && !books.of(call).status().equals(one.body().getString("status"))) {
                broken.add(new Broken(call, "was told to be " + one.body().getString("status")));
            }
        }
    }

    /// By its id, which must agree with its content.
    private static Notice notice(Backend.Told told) {
        NoticeId id = NoticeId.parse(told.id());
        String call = id.key().account().value() + " " + told.call();
        boolean agrees =
                id.key().call().value().equals(told.call())
                        && id.sequence() == told.body().getInt("sequence");
        return new Notice(agrees ? call : call + " under " + id, id.sequence(), told.type());
    }

    private record Notice(String call, long sequence, String type) {}
}
