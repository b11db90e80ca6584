package linekeeper.application.port;

import linekeeper.domain.CallKey;
import linekeeper.domain.ConversationId;
import linekeeper.domain.call.Spoken;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What was said in the calls (C3, C4). A call has a conversation per attempt, each with its own lines,
/// which are taken on by the rules of [linekeeper.domain.call.Transcript]. Writes of one conversation
/// happen one after the other, on all nodes.
public interface Transcripts {
    /// Adds the line that was said next; durable on return.
    ///
    /// @throws StoreUnavailable it may be there or not
    Stored append(Conversation conversation, Spoken line);

    /// Puts what the provider told in the place of the lines so far. The same again changes nothing.
    ///
    /// @param whole the conversation is over, and these are all its lines; else those until now
    /// @throws StoreUnavailable repeat it
    Stored replace(Conversation conversation, List<Spoken> lines, boolean whole);

    /// A call's transcript: its attempts in their order, numbered through from 1; at most `most` lines
    /// after number `after`. Empty also if there is no such call.
    List<Line> of(CallKey call, int after, int most);

    /// Where lines belong.
    ///
    /// @param attempt of the call, 1 or more
    /// @param id null: the provider has not named it yet. What is kept so comes before the named one,
    ///     and goes when that one is whole
    record Conversation(CallKey call, int attempt, @Nullable ConversationId id) {}

    /// @param sequence 1, 2, 3 … per call, without gaps
    record Line(int sequence, Spoken spoken) {}

    /// What became of it.
    sealed interface Stored {}

    /// It is there.
    ///
    /// @param lines that the conversation has now
    record Kept(int lines) implements Stored {}

    /// The provider's own transcript is there already, and knows as much or more.
    record NothingNew() implements Stored {}

    /// The conversation takes no more lines.
    record Full() implements Stored {}

    /// There is no such call, or the conversation is another call's.
    record NoSuchCall() implements Stored {}
}
