package linekeeper.application;

import linekeeper.application.port.Calls;
import linekeeper.application.port.Transcripts;
import linekeeper.application.port.Transcripts.Conversation;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.Spoken;
import linekeeper.domain.call.UnboundCall;

import java.util.List;
import java.util.Optional;

/// Takes in what is said in a call, line by line, while it goes on (C3, C4). A line that comes before
/// the provider has named the conversation is kept under the attempt and comes first when it has (H3).
/// Thread-safe.
public final class RecordLine {
    private static final int ENOUGH_TO_DOUBT = 2;

    private final Calls calls;
    private final Transcripts transcripts;

    RecordLine(Calls calls, Transcripts transcripts) {
        this.calls = calls;
        this.transcripts = transcripts;
    }

    /// For whoever knows the call's id only: of several accounts' calls of that id the live one is
    /// meant.
    ///
    /// @throws linekeeper.application.port.StoreUnavailable the hook must send it again
    public Recorded record(CallId id, Spoken line) {
        List<CallKey> keys = calls.withId(id, ENOUGH_TO_DOUBT);
        return switch (keys.size()) {
            case 0 -> new NoSuchCall();
            case 1 -> record(keys.getFirst(), line);
            default -> new Ambiguous();
        };
    }

    /// @throws linekeeper.application.port.StoreUnavailable the hook must send it again
    public Recorded record(CallKey key, Spoken line) {
        return calls.find(key).map(call -> record(call, line)).orElseGet(NoSuchCall::new);
    }

    private Recorded record(Call call, Spoken line) {
        return conversation(call)
                .map(conversation -> answer(transcripts.append(conversation, line)))
                .orElseGet(NeverConversed::new);
    }

    /// Empty: the call is over and had none.
    private static Optional<Conversation> conversation(Call call) {
        CallKey key = call.key();
        return switch (call) {
            case QueuedCall queued ->
                    Optional.of(new Conversation(key, Math.max(1, queued.attempt() - 1), null));
            case UnboundCall unbound -> Optional.of(new Conversation(key, call.attempt(), null));
            case ActiveCall active ->
                    Optional.of(
                            new Conversation(key, call.attempt(), active.facts().conversation()));
            case EndedCall ended ->
                    Optional.ofNullable(ended.facts().conversation())
                            .map(id -> new Conversation(key, call.attempt(), id));
        };
    }

    private static Recorded answer(Transcripts.Stored stored) {
        return switch (stored) {
            case Transcripts.Kept kept -> new Taken();
            case Transcripts.NothingNew() -> new Taken();
            case Transcripts.Full() -> new Full();
            case Transcripts.NoSuchCall() -> new NoSuchCall();
        };
    }

    /// What became of a line.
    public sealed interface Recorded {}

    /// It is in the transcript, or the provider's own transcript took its place.
    public record Taken() implements Recorded {}

    public record NoSuchCall() implements Recorded {}

    /// Calls of several accounts have this id.
    public record Ambiguous() implements Recorded {}

    /// The call ended before it had a conversation.
    public record NeverConversed() implements Recorded {}

    /// The transcript takes no more lines.
    public record Full() implements Recorded {}
}
