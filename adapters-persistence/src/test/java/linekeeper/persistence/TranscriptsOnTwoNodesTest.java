package linekeeper.persistence;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.aCall;
import static linekeeper.application.contract.TestCalls.key;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.port.Transcripts.Conversation;
import linekeeper.application.port.Transcripts.Kept;
import linekeeper.application.port.Transcripts.Line;
import linekeeper.application.port.Transcripts.NothingNew;
import linekeeper.application.port.Transcripts.Stored;
import linekeeper.domain.ConversationId;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.Spoken;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// Many threads on two nodes write into the same transcripts (C4).
@Timeout(120)
final class TranscriptsOnTwoNodesTest {
    private static final int THREADS = 32;
    private static final int LINES = 320;
    private static final int CALLS = 2;

    @Test
    void numbersLinesOfManyThreadsWithoutGaps() throws Exception {
        try (TwoNodes nodes = new TwoNodes(Limits.of(10, 10))) {
            calls(nodes);
            List<Callable<Stored>> lines = new ArrayList<>();
            for (int i = 0; i < LINES; i++) {
                lines.add(line(nodes, i));
            }

            List<Stored> answers = answers(lines);

            List<Integer> oneToAll = IntStream.rangeClosed(1, LINES / CALLS).boxed().toList();
            assertThat(answers).hasOnlyElementsOfType(Kept.class);
            for (int call = 0; call < CALLS; call++) {
                assertThat(nodes.node(call).transcripts().of(key("c" + call), 0, LINES))
                        .extracting(Line::sequence)
                        .containsExactlyElementsOf(oneToAll);
            }
            assertThat(nodes.count("call_transcripts")).isEqualTo(LINES);
        }
    }

    @Test
    void keepsNothingOfLinesOnceTheProviderHasToldTheWhole() throws Exception {
        try (TwoNodes nodes = new TwoNodes(Limits.of(10, 10))) {
            calls(nodes);
            List<Spoken> told = List.of(new Spoken("agent", "told", NOW));
            List<Callable<Stored>> all = new ArrayList<>();
            for (int i = 0; i < LINES; i++) {
                all.add(line(nodes, i));
            }
            for (int i = 0; i < 8; i++) {
                int number = i;
                all.add(
                        5 * i,
                        () ->
                                nodes.node(number / CALLS)
                                        .transcripts()
                                        .replace(conversation(number), told, true));
            }

            answers(all);

            for (int call = 0; call < CALLS; call++) {
                assertThat(nodes.node(call).transcripts().of(key("c" + call), 0, LINES))
                        .containsExactly(new Line(1, told.getFirst()));
                assertThat(nodes.node(call).transcripts().append(conversation(call), told.get(0)))
                        .isEqualTo(new NothingNew());
            }
            assertThat(nodes.count("call_transcripts")).isEqualTo(CALLS);
        }
    }

    /// Nobody has bound them: the first line makes the conversation, on both nodes at once.
    private static void calls(TwoNodes nodes) {
        for (int call = 0; call < CALLS; call++) {
            nodes.admit(call, aCall("c" + call), true);
        }
    }

    private static Callable<Stored> line(TwoNodes nodes, int number) {
        Spoken line = new Spoken("user", "line " + number, NOW);
        return () -> nodes.node(number / CALLS).transcripts().append(conversation(number), line);
    }

    private static Conversation conversation(int number) {
        int call = number % CALLS;
        return new Conversation(key("c" + call), 1, new ConversationId("conv-" + call));
    }

    private static List<Stored> answers(List<Callable<Stored>> work) throws Exception {
        List<Stored> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (Future<Stored> answer : threads.invokeAll(work)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }
}
