package linekeeper.application.simulation.faults;

import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.ExecutionReport.Echo;
import linekeeper.application.port.ExecutionReport.Over;
import linekeeper.application.port.ExecutionReport.Reached;
import linekeeper.application.port.ExecutionReport.Stage;
import linekeeper.domain.ConversationId;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.Progress;

import org.jspecify.annotations.Nullable;

/// A call at its provider: the truth that the service only hears of.
final class PhoneCall {
    private final ExecutionId execution;
    private final Echo echo;
    private final boolean echoes;
    private Stage stage = new Reached(Progress.PLACED);

    /// @param echoes whether the provider's reports say whose call it is
    PhoneCall(ExecutionId execution, Echo echo, boolean echoes) {
        this.execution = execution;
        this.echo = echo;
        this.echoes = echoes;
    }

    ExecutionId execution() {
        return execution;
    }

    Echo echo() {
        return echo;
    }

    ConversationId conversation() {
        return new ConversationId("conversation-" + execution.value());
    }

    boolean over() {
        return stage instanceof Over;
    }

    boolean answered() {
        return stage instanceof Reached(Progress progress)
                && progress.compareTo(Progress.ANSWERED) >= 0;
    }

    /// Null while it goes on.
    @Nullable Outcome outcome() {
        return stage instanceof Over(Outcome outcome) ? outcome : null;
    }

    /// False: it is over, and stays so.
    boolean moveTo(Stage next) {
        boolean goesOn = !over();
        if (goesOn) {
            stage = next;
        }
        return goesOn;
    }

    /// As the provider tells it now.
    ExecutionReport report() {
        CallFacts facts = CallFacts.NONE.withConversation(conversation());
        return new ExecutionReport(execution, echoes ? echo : null, stage, facts);
    }
}
