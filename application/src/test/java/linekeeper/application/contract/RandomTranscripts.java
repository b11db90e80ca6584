package linekeeper.application.contract;

import linekeeper.application.port.Transcripts.Conversation;
import linekeeper.application.port.Transcripts.Stored;
import linekeeper.domain.CallKey;
import linekeeper.domain.ConversationId;
import linekeeper.domain.call.Spoken;

import java.util.ArrayList;
import java.util.List;

/// What is said in calls, line by line and told as a whole, for calls that may not be there, in
/// conversations that may be another's (C3, C4).
final class RandomTranscripts {
    private final HistoryCourse course;

    RandomTranscripts(HistoryCourse course) {
        this.course = course;
    }

    void one() {
        Conversation conversation = conversation();
        int times = 1 + course.random.nextInt(3);
        for (int i = 0; i < times; i++) {
            course.answered("said in " + conversation + ": " + told(conversation));
        }
        look(conversation.call());
        look(course.knownCall());
    }

    /// Few calls, so that they meet.
    private Conversation conversation() {
        CallKey call =
                course.once(4)
                        ? course.knownCall()
                        : new CallKey(course.account(), TestCalls.key("c" + few(6)).call());
        ConversationId id = course.once(3) ? null : new ConversationId("conv-" + few(8));
        return new Conversation(call, 1 + few(2), id);
    }

    private Stored told(Conversation conversation) {
        var transcripts = course.node().engine().transcripts();
        if (course.once(2)) {
            return transcripts.append(conversation, line());
        }
        List<Spoken> lines = new ArrayList<>();
        int size = few(4);
        for (int i = 0; i < size; i++) {
            lines.add(line());
        }
        return transcripts.replace(conversation, lines, course.once(3));
    }

    private Spoken line() {
        return new Spoken(
                course.oneOf(List.of("agent", "user")),
                course.oneOf(List.of("Hello", "— Zoë \"?\"\n", "", "Who?")),
                course.once(2) ? null : course.now());
    }

    private void look(CallKey call) {
        int after = few(3);
        int most = 1 + few(9);
        var transcripts = course.node().engine().transcripts();
        course.answered("transcript of " + call + transcripts.of(call, after, most));
    }

    private int few(int most) {
        return course.random.nextInt(most);
    }
}
