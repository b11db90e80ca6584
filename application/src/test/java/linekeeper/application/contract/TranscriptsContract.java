package linekeeper.application.contract;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.aCall;
import static linekeeper.application.contract.TestCalls.execution;
import static linekeeper.application.contract.TestCalls.key;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.port.Transcripts;
import linekeeper.application.port.Transcripts.Conversation;
import linekeeper.application.port.Transcripts.Full;
import linekeeper.application.port.Transcripts.Kept;
import linekeeper.application.port.Transcripts.Line;
import linekeeper.application.port.Transcripts.NoSuchCall;
import linekeeper.application.port.Transcripts.NothingNew;
import linekeeper.domain.ConversationId;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.Spoken;
import linekeeper.domain.call.Transcript;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// What was said, in order (C3, C4).
public abstract class TranscriptsContract extends StoresContract {
    private static final Spoken HELLO = new Spoken("agent", "Hello", NOW);
    private static final Spoken WHO = new Spoken("user", "Who is it?", NOW.plusSeconds(2));
    private static final Spoken ME = new Spoken("agent", "It's me — Zoë", null);

    private Transcripts transcripts;

    @BeforeEach
    void aCallIsBound() {
        transcripts = stores.engine().transcripts();
        bound("a", "conv-a");
    }

    @Test
    void numbersLinesAsTheyCome() {
        assertThat(transcripts.append(at("conv-a"), HELLO)).isEqualTo(new Kept(1));
        assertThat(transcripts.append(at("conv-a"), WHO)).isEqualTo(new Kept(2));
        assertThat(transcripts.append(at("conv-a"), ME)).isEqualTo(new Kept(3));

        assertThat(said()).containsExactly(HELLO, WHO, ME);
        assertThat(transcripts.of(key("a"), 1, 1)).containsExactly(new Line(2, WHO));
        assertThat(transcripts.of(key("a"), 3, 10)).isEmpty();
    }

    @Test
    void numbersLinesOfManyThreadsWithoutGaps() throws Exception {
        List<Callable<Transcripts.Stored>> lines = new ArrayList<>();
        for (int i = 0; i < 32 * 8; i++) {
            Spoken line = new Spoken("user", "line " + i, NOW);
            lines.add(() -> transcripts.append(at("conv-a"), line));
        }

        List<Transcripts.Stored> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(32)) {
            for (Future<Transcripts.Stored> answer : threads.invokeAll(lines)) {
                answers.add(answer.get());
            }
        }

        assertThat(answers)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, lines.size()).mapToObj(Kept::new).toList());
        assertThat(transcripts.of(key("a"), 0, 1_000))
                .extracting(Line::sequence)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, lines.size()).boxed().toList());
        assertThat(said()).doesNotHaveDuplicates();
    }

    @Test
    void putsTheProvidersOwnTranscriptInThePlaceOfTheLines() {
        transcripts.append(at("conv-a"), new Spoken("user", "Helo", NOW));
        transcripts.append(at("conv-a"), WHO);
        transcripts.append(at("conv-a"), ME);

        assertThat(tell("conv-a", HELLO, ME)).isEqualTo(new Kept(2));

        assertThat(transcripts.of(key("a"), 0, 10))
                .containsExactly(new Line(1, HELLO), new Line(2, ME));
        assertThat(transcripts.append(at("conv-a"), WHO)).isEqualTo(new NothingNew());
        assertThat(said()).containsExactly(HELLO, ME);
    }

    @Test
    void keepsNothingUnnamedOnceTheNamedConversationIsWhole() {
        tell("conv-a", HELLO);

        assertThat(transcripts.append(conversation("a", 1, null), WHO)).isEqualTo(new NothingNew());
        assertThat(tell(conversation("a", 1, null), HELLO, WHO)).isEqualTo(new NothingNew());
        assertThat(said()).containsExactly(HELLO);
    }

    @Test
    void leavesAConversationToTheAttemptThatItBeganIn() {
        transcripts.append(at("conv-a"), HELLO);

        assertThat(transcripts.append(conversation("a", 2, "conv-a"), WHO)).isEqualTo(new Kept(2));
        assertThat(said()).containsExactly(HELLO, WHO);
    }

    @Test
    void givesNoConversationToACallThatIsNotThere() {
        assertThat(transcripts.append(conversation("nobody", 1, "conv-b"), HELLO))
                .isEqualTo(new NoSuchCall());
        assertThat(transcripts.append(at("conv-b"), HELLO)).isEqualTo(new Kept(1));
    }

    @Test
    void changesNothingForTheSameOrAnOlderTranscript() {
        tell("conv-a", HELLO, WHO, ME);

        assertThat(tell("conv-a", HELLO, WHO, ME)).isEqualTo(new NothingNew());
        assertThat(tell("conv-a", HELLO, WHO)).isEqualTo(new NothingNew());
        assertThat(transcripts.replace(at("conv-a"), List.of(HELLO, WHO, ME, ME), false))
                .isEqualTo(new NothingNew());

        assertThat(said()).containsExactly(HELLO, WHO, ME);
    }

    @Test
    void takesOnACorrectedTranscript() {
        tell("conv-a", HELLO, WHO);

        assertThat(tell("conv-a", HELLO, ME)).isEqualTo(new Kept(2));

        assertThat(said()).containsExactly(HELLO, ME);
    }

    @Test
    void goesOnBehindWhatTheProviderToldSoFar() {
        transcripts.append(at("conv-a"), HELLO);

        assertThat(transcripts.replace(at("conv-a"), List.of(HELLO, WHO), false))
                .isEqualTo(new Kept(2));
        assertThat(transcripts.append(at("conv-a"), ME)).isEqualTo(new Kept(3));
        assertThat(transcripts.replace(at("conv-a"), List.of(HELLO, WHO), false))
                .isEqualTo(new NothingNew());

        assertThat(said()).containsExactly(HELLO, WHO, ME);
    }

    @Test
    void keepsLinesThatComeBeforeTheConversationHasAName() {
        reserved(aCall("b"));

        transcripts.append(new Conversation(key("b"), 1, null), HELLO);
        transcripts.append(new Conversation(key("b"), 1, null), WHO);
        transcripts.append(conversation("b", 1, "conv-b"), ME);

        assertThat(said("b")).containsExactly(HELLO, WHO, ME);
        tell(conversation("b", 1, "conv-b"), WHO);
        assertThat(said("b")).containsExactly(WHO);
        assertThat(transcripts.append(new Conversation(key("b"), 1, null), ME))
                .isEqualTo(new NothingNew());
    }

    @Test
    void numbersTheAttemptsOfACallThrough() {
        tell(conversation("a", 2, "a-second-conv"), WHO, ME);
        transcripts.append(new Conversation(key("a"), 10, null), ME);
        tell("conv-a", HELLO);

        assertThat(transcripts.of(key("a"), 0, 10))
                .containsExactly(
                        new Line(1, HELLO), new Line(2, WHO), new Line(3, ME), new Line(4, ME));
        assertThat(transcripts.of(key("a"), 1, 2))
                .containsExactly(new Line(2, WHO), new Line(3, ME));
    }

    @Test
    void knowsNoCallThatIsNotThere() {
        assertThat(transcripts.append(new Conversation(key("nobody"), 1, null), HELLO))
                .isEqualTo(new NoSuchCall());
        assertThat(tell(conversation("nobody", 1, "conv-n"), HELLO)).isEqualTo(new NoSuchCall());
        assertThat(transcripts.of(key("nobody"), 0, 10)).isEmpty();
    }

    @Test
    void leavesAConversationToTheCallThatHasIt() {
        reserved(aCall("b"));
        transcripts.append(at("conv-a"), HELLO);

        assertThat(transcripts.append(conversation("b", 1, "conv-a"), WHO))
                .isEqualTo(new NoSuchCall());

        assertThat(said()).containsExactly(HELLO);
        assertThat(said("b")).isEmpty();
    }

    @Test
    void takesOnNoMoreLinesThanATranscriptCanHave() {
        List<Spoken> many = new ArrayList<>();
        for (int i = 0; i <= Transcript.MOST_LINES; i++) {
            many.add(new Spoken("user", "line " + i, NOW));
        }

        assertThat(transcripts.replace(at("conv-a"), many, false))
                .isEqualTo(new Kept(Transcript.MOST_LINES));
        assertThat(transcripts.append(at("conv-a"), HELLO)).isEqualTo(new Full());
        assertThat(transcripts.of(key("a"), 0, Transcript.MOST_LINES + 1))
                .hasSize(Transcript.MOST_LINES)
                .last()
                .isEqualTo(new Line(Transcript.MOST_LINES, many.get(Transcript.MOST_LINES - 1)));
    }

    private void bound(String call, String conversation) {
        ActiveCall bound =
                reserved(aCall(call))
                        .bind(execution("x-" + call), new ConversationId(conversation), NOW);
        change(bound, bound, "bound");
    }

    private Transcripts.Stored tell(String conversation, Spoken... lines) {
        return tell(at(conversation), lines);
    }

    private Transcripts.Stored tell(Conversation conversation, Spoken... lines) {
        return transcripts.replace(conversation, List.of(lines), true);
    }

    private static Conversation at(String conversation) {
        return conversation("a", 1, conversation);
    }

    private static Conversation conversation(
            String call, int attempt, @Nullable String conversation) {
        return new Conversation(
                key(call), attempt, conversation == null ? null : new ConversationId(conversation));
    }

    private List<Spoken> said() {
        return said("a");
    }

    private List<Spoken> said(String call) {
        return transcripts.of(key(call), 0, 1_000).stream().map(Line::spoken).toList();
    }
}
