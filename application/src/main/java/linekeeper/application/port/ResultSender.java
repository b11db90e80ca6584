package linekeeper.application.port;

import linekeeper.domain.call.Call;
import linekeeper.domain.notice.Notice;
import linekeeper.domain.notice.Webhook;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Sends a message to a customer's backend.
public interface ResultSender {
    /// Sends it with one signed request: no repetition, no redirect. Blocks for some 15 seconds at most,
    /// throws nothing expected, and may be called from any number of threads.
    Sent send(Webhook webhook, Message message);

    /// @param call as it is now
    /// @param told what the timeline says of the moment the notice tells of; empty: the call says it
    /// @param at when it is sent
    record Message(
            Notice notice,
            Call call,
            Map<String, String> told,
            List<Transcripts.Line> transcript,
            Instant at) {
        public Message {
            told = Map.copyOf(told);
            transcript = List.copyOf(transcript);
        }
    }

    /// What came of it.
    sealed interface Sent {}

    /// @param retryAfter how long the receiver asks to be left alone; null: it does not
    record Answered(int status, @Nullable Duration retryAfter) implements Sent {}

    /// Whether the receiver got it is not known.
    ///
    /// @param cause for people, without addresses or secrets
    record NotAnswered(String cause) implements Sent {}
}
