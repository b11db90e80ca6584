package linekeeper.application;

import linekeeper.application.port.Calls;
import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.ExecutionReport.Echo;
import linekeeper.application.port.StoreUnavailable;
import linekeeper.application.port.Transcripts;
import linekeeper.application.port.Transcripts.Conversation;
import linekeeper.domain.CallKey;
import linekeeper.domain.ConversationId;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.UnboundCall;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/// Keeps the transcript that a report brings, before the report itself is applied: who is told of the
/// call's end shall find it. One of an earlier attempt still belongs to the call. Thread-safe.
final class KeepTranscript {
    private static final Logger LOG = System.getLogger(KeepTranscript.class.getName());

    private final Calls calls;
    private final Transcripts transcripts;

    KeepTranscript(Calls calls, Transcripts transcripts) {
        this.calls = calls;
        this.transcripts = transcripts;
    }

    /// Nothing if the report has none, or means another call.
    ///
    /// @throws StoreUnavailable repeat it
    void of(CallKey key, ExecutionReport report) {
        if (!report.transcript().isEmpty()) {
            calls.find(key)
                    .flatMap(call -> conversation(call, report))
                    .ifPresent(conversation -> keep(conversation, report));
        }
    }

    /// What was said must not keep the call from ending (E1).
    private void keep(Conversation conversation, ExecutionReport report) {
        try {
            transcripts.replace(conversation, report.transcript(), report.terminal());
        } catch (StoreUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, () -> "no transcript kept of " + conversation.call(), e);
        }
    }

    private static Optional<Conversation> conversation(Call call, ExecutionReport report) {
        Echo echo = report.echo();
        int attempt = echo == null ? call.attempt() : echo.attempt();
        boolean meant =
                report.execution().provider().equals(call.accepted().provider())
                        && (echo == null || echo.key().equals(call.key()))
                        && (attempt < call.attempt()
                                || (attempt == call.attempt() && has(call, report.execution())));
        return meant
                ? Optional.of(new Conversation(call.key(), attempt, id(call, attempt, report)))
                : Optional.empty();
    }

    private static boolean has(Call call, ExecutionId execution) {
        return switch (call) {
            case QueuedCall queued -> false;
            case UnboundCall unbound -> true;
            case ActiveCall active -> active.execution().equals(execution);
            case EndedCall ended ->
                    ended.execution() == null || ended.execution().equals(execution);
        };
    }

    /// Some providers have no conversations; their execution stands for it.
    private static ConversationId id(Call call, int attempt, ExecutionReport report) {
        ConversationId told = report.facts().conversation();
        ConversationId known = attempt == call.attempt() ? facts(call).conversation() : null;
        if (told != null) {
            return told;
        }
        return known == null ? new ConversationId(report.execution().value()) : known;
    }

    private static CallFacts facts(Call call) {
        return switch (call) {
            case ActiveCall active -> active.facts();
            case EndedCall ended -> ended.facts();
            case QueuedCall queued -> CallFacts.NONE;
            case UnboundCall unbound -> CallFacts.NONE;
        };
    }
}
