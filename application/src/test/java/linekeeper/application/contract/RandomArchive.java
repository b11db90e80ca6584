package linekeeper.application.contract;

import linekeeper.application.port.CallArchive.Place;
import linekeeper.application.port.CallArchive.Step;
import linekeeper.application.port.Change;
import linekeeper.domain.CallKey;
import linekeeper.domain.ConversationId;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.TimelineEvent;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;

/// Calls that are over: what is told of them late, and their way into the archive (C9).
final class RandomArchive {
    private static final int MOST = 100;

    private final HistoryCourse course;
    private @Nullable Place place;

    RandomArchive(HistoryCourse course) {
        this.course = course;
    }

    void one() {
        if (course.once(3)) {
            step();
        }
        CallKey key = course.knownCall();
        if (course.once(2)) {
            amend(key);
        }
        look(key);
    }

    private void step() {
        Step step =
                course.node()
                        .archive()
                        .step(
                                place,
                                course.now().minusMillis(course.random.nextInt(20_000)),
                                1 + course.random.nextInt(20));
        place = step.next();
        if (step.archived() > 0) {
            course.archive();
        }
        course.answered("archived " + step);
    }

    private void amend(CallKey key) {
        CallFacts facts =
                new CallFacts(
                        course.once(2) ? new ConversationId("late") : null,
                        null,
                        course.once(2) ? "human" : null,
                        course.once(2) ? new BigDecimal("9.50") : null,
                        new BigDecimal("0." + course.random.nextInt(100)),
                        course.once(2) ? "https://provider.example/late.mp3" : null);
        String answer =
                course.node()
                        .engine()
                        .calls()
                        .change(
                                key,
                                current ->
                                        current.map(call -> amended(call, facts))
                                                .orElseGet(() -> Change.none("none")));
        course.answered("amended " + key + answer);
    }

    private Change<String> amended(Call call, CallFacts facts) {
        return call instanceof EndedCall ended
                ? ended.amend(facts)
                        .map(
                                next ->
                                        Change.to(
                                                next,
                                                TimelineEvent.of(course.now(), "amended"),
                                                "told"))
                        .orElseGet(() -> Change.none("known"))
                : Change.none("not over");
    }

    private void look(CallKey key) {
        var calls = course.node().engine().calls();
        calls.find(key)
                .filter(EndedCall.class::isInstance)
                .ifPresent(
                        call ->
                                course.answered(
                                        "ended %s %s %s"
                                                .formatted(
                                                        call,
                                                        calls.isHidden(key),
                                                        calls.timeline(key, 0, MOST).size())));
    }
}
