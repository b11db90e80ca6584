package linekeeper.persistence;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.aCall;
import static linekeeper.application.contract.TestCalls.execution;
import static linekeeper.application.contract.TestCalls.key;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.port.Calls.Recorded;
import linekeeper.application.port.Change;
import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Slots.EveryAccount;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.TimelineEvent;
import linekeeper.domain.call.UnboundCall;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;

/// A timeline reads the same, wherever its lines are kept and in however few rows (A8).
final class TimelineRowsTest {
    private final TwoNodes nodes = new TwoNodes(Limits.of(1000, 1));

    @BeforeEach
    void reserve() {
        nodes.admit(0, aCall("a"), true);
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void keepsALiveCallsLinesWithItsSlot() {
        bind();

        assertThat(names()).containsExactly("accepted", "reserved", "bound");
        assertThat(nodes.count("call_events")).isZero();
    }

    @Test
    void keepsAWholeCallsLinesInOneRow() {
        bind();
        end();

        assertThat(names()).containsExactly("accepted", "reserved", "bound", "ended");
        assertThat(sequences(0, 10)).containsExactly(1L, 2L, 3L, 4L);
        assertThat(timeline(0, 10).get(2).event())
                .isEqualTo(TimelineEvent.of(NOW, "bound", Map.of("odd", "\"\\ é\uFFFD")));
        assertThat(nodes.count("call_events")).isEqualTo(1);
    }

    @Test
    void readsFromTheMiddleOfARow() {
        bind();
        end();

        assertThat(sequences(1, 2)).containsExactly(2L, 3L);
        assertThat(sequences(3, 2)).containsExactly(4L);
    }

    @Test
    void goesOnWithTheLinesOfTheNextAttempt() {
        change(TimelineRowsTest::again);

        assertThat(names()).containsExactly("accepted", "reserved", "attempt_ended");
        assertThat(nodes.count("call_events")).isEqualTo(1);

        nodes.node(1).slots().claim(new EveryAccount(), ClaimTerms.of(1, () -> NOW));
        end();

        assertThat(names())
                .containsExactly("accepted", "reserved", "attempt_ended", "reserved", "ended");
        assertThat(nodes.count("call_events")).isEqualTo(2);
    }

    @Test
    void keepsTheSlotOfATalkativeCallSmall() {
        int lines = ChangeSql.MOST_LINES + 5;

        for (int line = 3; line <= lines; line++) {
            change(call -> Change.note(TimelineEvent.of(NOW, "note"), true));
        }

        assertThat(nodes.count("call_events")).isEqualTo(5);
        assertThat(sequences(0, 1_000)).containsExactlyElementsOf(upTo(lines));
        end();
        assertThat(sequences(0, 1_000)).containsExactlyElementsOf(upTo(lines + 1));
    }

    /// Rows of the release before, which kept the first line as well.
    @Test
    void tellsAFirstLineThatIsKeptOnce() {
        Sql kept =
                Sql.of(
                        """
                        INSERT INTO call_events (account_id, call_id, sequence, at, event, detail)
                        VALUES ('default', 'a', 1, :at, 'accepted', '{}')
                        """);
        nodes.database().update(kept.with("at", NOW));

        assertThat(names()).containsExactly("accepted", "reserved");
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private List<String> names() {
        return timeline(0, 100).stream().map(one -> one.event().name()).toList();
    }

    private List<Long> sequences(long after, int most) {
        return timeline(after, most).stream().map(Recorded::sequence).toList();
    }

    private List<Recorded> timeline(long after, int most) {
        return nodes.node(1).calls().timeline(key("a"), after, most);
    }

    private void bind() {
        TimelineEvent bound = TimelineEvent.of(NOW, "bound", Map.of("odd", "\"\\ é\u0000"));
        change(
                call ->
                        Change.to(
                                ((UnboundCall) call).bind(execution("x"), null, NOW), bound, true));
    }

    private void end() {
        change(
                call ->
                        Change.to(
                                call.end(new Outcome.Completed(), CallFacts.NONE, NOW),
                                TimelineEvent.of(NOW, "ended"),
                                true));
    }

    private static Change<Boolean> again(LiveCall call) {
        return Change.again(
                call.end(new Outcome.Busy(), CallFacts.NONE, NOW),
                call.again(NOW),
                TimelineEvent.of(NOW, "attempt_ended"),
                true);
    }

    private void change(Function<LiveCall, Change<Boolean>> change) {
        nodes.node(0).calls().change(key("a"), call -> change.apply((LiveCall) call.orElseThrow()));
    }
}
