package linekeeper.domain.notice;

import java.util.ArrayList;
import java.util.List;

/// A notice that a change of a call gives rise to.
///
/// @param sequence of the timeline entry it tells of; unique within a call, so that a call's notices
///     have an order
public record Announced(NoticeType type, long sequence) {
    /// Those of one step.
    ///
    /// @param first the number of the first line that it adds to the timeline
    /// @param last the number of the last one; not below `first`
    public static List<Announced> of(Step step, long first, long last) {
        List<Announced> announced = new ArrayList<>();
        for (NoticeType type : NoticeType.told(step)) {
            long sequence = type == NoticeType.STARTED ? first : last;
            // What began and ended in one line of the timeline is told once, by its end.
            announced.removeIf(earlier -> earlier.sequence == sequence);
            announced.add(new Announced(type, sequence));
        }
        return announced;
    }
}
