package linekeeper.domain.call;

import linekeeper.domain.ConversationId;
import linekeeper.domain.ExecutionId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// A live call whose execution id is not known yet: an answer, a webhook or the reconciler brings it.
public sealed interface UnboundCall extends LiveCall permits ReservedCall, UnconfirmedCall {
    /// The provider has the call under `execution` (B2).
    default ActiveCall bind(
            ExecutionId execution, @Nullable ConversationId conversation, Instant now) {
        CallFacts facts = CallFacts.NONE.withConversation(conversation);
        return new ActiveCall(
                accepted(), attempt(), slot(), execution, Progress.PLACED, now, facts);
    }

    @Override
    default EndedCall end(Outcome outcome, CallFacts facts, Instant now) {
        return new EndedCall(
                accepted(), attempt(), outcome, facts, new Span(slot().reservedAt(), now), null);
    }
}
