package linekeeper.persistence;

import linekeeper.domain.CampaignId;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.call.AcceptedCall;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.UnconfirmedCall;

import org.jspecify.annotations.Nullable;

/// What the tables keep of a call's state, whichever state has it.
final class CallColumns {
    private CallColumns() {}

    static boolean cancelAnswered(Call call) {
        return call instanceof LiveCall live
                && live.slot().wish() != null
                && !live.slot().hangUpPending();
    }

    static int deferrals(Call call) {
        return switch (call) {
            case QueuedCall queued -> queued.deferrals();
            case ReservedCall reserved -> reserved.deferrals();
            default -> 0;
        };
    }

    /// Empty: a direct call.
    static String campaign(AcceptedCall call) {
        CampaignId campaign = call.request().grouping().campaign();
        return campaign == null ? "" : campaign.value();
    }

    static @Nullable ExecutionId execution(Call call) {
        return switch (call) {
            case ActiveCall active -> active.execution();
            case EndedCall end -> end.execution();
            default -> null;
        };
    }

    static @Nullable String executionId(Call call) {
        ExecutionId execution = execution(call);
        return execution == null ? null : execution.value();
    }

    static CallFacts facts(Call call) {
        return switch (call) {
            case ActiveCall active -> active.facts();
            case EndedCall end -> end.facts();
            default -> CallFacts.NONE;
        };
    }

    static @Nullable Object unknownSince(Call call) {
        return call instanceof UnconfirmedCall unknown ? unknown.unknownSince() : null;
    }

    static @Nullable Object dueAt(Call call) {
        return call instanceof QueuedCall queued ? queued.dueAt() : null;
    }
}
