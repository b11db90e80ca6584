package linekeeper.application.results;

import linekeeper.application.port.Calls;
import linekeeper.application.port.ResultSender.Message;
import linekeeper.application.port.Transcripts;
import linekeeper.application.port.Transcripts.Line;
import linekeeper.domain.call.Call;
import linekeeper.domain.notice.Notice;
import linekeeper.domain.notice.NoticeType;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes the message of a notice from the records as they are when it is sent, so that a recording that
/// came late is in it. What was true at the time only comes from the timeline.
final class Content {
    /// How many lines of the timeline an attempt may have before its notice; the attempt's number is
    /// looked for in these.
    private static final int LOOK_BACK = 200;

    private static final int MOST_LINES = 5_000;

    private final Calls calls;
    private final Transcripts transcripts;

    Content(Calls calls, Transcripts transcripts) {
        this.calls = calls;
        this.transcripts = transcripts;
    }

    /// Empty: the call's record is gone.
    Optional<Message> of(Notice notice, Instant now) {
        return calls.find(notice.id().key()).map(call -> message(notice, call, now));
    }

    private Message message(Notice notice, Call call, Instant now) {
        return notice.type() == NoticeType.ENDED
                ? new Message(notice, call, Map.of(), transcript(call), now)
                : new Message(notice, call, told(notice), List.of(), now);
    }

    private List<Line> transcript(Call call) {
        return transcripts.of(call.key(), 0, MOST_LINES);
    }

    /// The details of the notice's line, with the attempt that was running.
    private Map<String, String> told(Notice notice) {
        long sequence = notice.id().sequence();
        Map<String, String> told = new HashMap<>();
        calls.timeline(notice.id().key(), Math.max(0, sequence - LOOK_BACK), LOOK_BACK).stream()
                .filter(line -> line.sequence() <= sequence)
                .forEach(
                        line -> {
                            Map<String, String> detail = line.event().detail();
                            if (line.sequence() == sequence) {
                                told.putAll(detail);
                            } else if (detail.containsKey("attempt")) {
                                told.put("attempt", detail.getOrDefault("attempt", ""));
                            }
                        });
        return told;
    }
}
