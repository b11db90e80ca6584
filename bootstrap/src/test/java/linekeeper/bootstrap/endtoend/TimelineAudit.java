package linekeeper.bootstrap.endtoend;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Every call that was acknowledged is kept and has ended, and every timeline tells its life without a
/// gap: accepted first, ended once, bound once per attempt (A8, H4).
final class TimelineAudit {
    private static final Set<String> AFTER_THE_END = Set.of("facts_added", "cancel_requested");
    private static final Set<String> NEVER = Set.of("unexpected_execution", "late_report");

    private final List<Broken> broken = new ArrayList<>();

    private TimelineAudit() {}

    static List<Broken> of(Books books, Set<String> acknowledged) {
        TimelineAudit audit = new TimelineAudit();
        acknowledged.stream()
                .filter(call -> !books.calls().contains(call))
                .forEach(
                        call -> audit.broken.add(new Broken(call, "was acknowledged and is lost")));
        books.entries().forEach(audit::check);
        return audit.broken;
    }

    private void check(Books.Entry entry) {
        List<Books.Line> lines = entry.timeline();
        for (int i = 0; i < lines.size(); i++) {
            require(lines.get(i).sequence() == i + 1, entry, "line " + (i + 1) + " is missing");
            require(!NEVER.contains(lines.get(i).event()), entry, lines.get(i).event());
        }
        require(
                lines.size() == entry.lastEvent(),
                entry,
                "says it has " + entry.lastEvent() + " lines");
        require(
                !lines.isEmpty() && lines.getFirst().event().equals("accepted"),
                entry,
                "does not begin with accepted");
        require(entry.lines("ended") == 1, entry, "ended " + entry.lines("ended") + " times");
        require(nothingAfterTheEnd(lines), entry, "goes on after its end");
        require(boundOncePerAttempt(lines), entry, "is bound twice in one attempt");
    }

    private static boolean nothingAfterTheEnd(List<Books.Line> lines) {
        return lines.stream()
                .dropWhile(line -> !line.event().equals("ended"))
                .skip(1)
                .allMatch(line -> AFTER_THE_END.contains(line.event()));
    }

    private static boolean boundOncePerAttempt(List<Books.Line> lines) {
        boolean bound = false;
        for (Books.Line line : lines) {
            if (line.event().equals("bound") && bound) {
                return false;
            }
            bound =
                    line.event().equals("bound")
                            || (bound && !line.event().equals("attempt_ended"));
        }
        return true;
    }

    private void require(boolean kept, Books.Entry entry, String what) {
        if (!kept) {
            broken.add(new Broken(entry.call(), what));
        }
    }
}
