package linekeeper.application.results;

import linekeeper.application.port.ResultSender.Answered;
import linekeeper.application.port.ResultSender.NotAnswered;
import linekeeper.application.port.ResultSender.Sent;
import linekeeper.domain.notice.DeliverySchedule;
import linekeeper.domain.notice.Telling;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// What an answer makes of a notice: 2xx delivers it, 410 has it wait for a webhook in use, everything
/// else, redirects too, is a failure.
///
/// @param random for the jitter of waits
record Verdicts(DeliverySchedule schedule, RandomGenerator random) {
    private static final int GONE = 410;
    private static final int HUNDREDS = 100;
    private static final int SUCCESS = 2;

    Telling on(Telling sent, Sent result, Instant now) {
        return switch (result) {
            case Answered answered -> answered(sent, answered, now);
            case NotAnswered(String cause) -> failed(sent, cause, null, now);
        };
    }

    private Telling answered(Telling sent, Answered answered, Instant now) {
        String answer = "answered " + answered.status();
        if (taken(answered)) {
            return sent.delivered(answer, now);
        }
        return gone(answered)
                ? sent.waiting(answer, now)
                : failed(sent, answer, answered.retryAfter(), now);
    }

    private Telling failed(Telling sent, String why, @Nullable Duration wish, Instant now) {
        return sent.failed(why, schedule.next(sent.failures(), wish, random.nextDouble(), now));
    }

    static boolean taken(Answered answered) {
        return answered.status() / HUNDREDS == SUCCESS;
    }

    static boolean gone(Answered answered) {
        return answered.status() == GONE;
    }
}
