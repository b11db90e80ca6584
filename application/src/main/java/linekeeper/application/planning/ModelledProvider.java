package linekeeper.application.planning;

import linekeeper.application.planning.People.Course;
import linekeeper.application.port.DialOrder;
import linekeeper.application.port.DialResult;
import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.ExecutionReport.Over;
import linekeeper.application.port.ExecutionReport.Reached;
import linekeeper.application.port.ExecutionReport.Stage;
import linekeeper.application.port.Lookup;
import linekeeper.application.port.StopResult;
import linekeeper.application.port.VoiceProvider;
import linekeeper.application.simulation.Chance;
import linekeeper.application.simulation.VirtualTime;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.Progress;

import java.time.Instant;
import java.util.function.Consumer;

/// Takes every call and reports its course in time; nothing is ever lost. Not thread-safe.
final class ModelledProvider implements VoiceProvider {
    static final ProviderName NAME = new ProviderName("modelled");

    private final VirtualTime time;
    private final Chance chance;
    private final People people;
    private final Consumer<ExecutionReport> webhook;
    private long executions;

    ModelledProvider(
            VirtualTime time, Chance chance, People people, Consumer<ExecutionReport> webhook) {
        this.time = time;
        this.chance = chance;
        this.people = people;
        this.webhook = webhook;
    }

    @Override
    public ProviderName name() {
        return NAME;
    }

    @Override
    public DialResult dial(DialOrder order) {
        ExecutionId execution = new ExecutionId(NAME, "m" + ++executions);
        Course course = people.course(chance);
        if (course.answered()) {
            Stage answered = new Reached(Progress.ANSWERED);
            time.after(course.answeredAfter(), () -> report(execution, order, answered));
        }
        Stage over = new Over(course.outcome());
        time.after(course.endsAfter(), () -> report(execution, order, over));
        return new DialResult.Accepted(execution, null);
    }

    private void report(ExecutionId execution, DialOrder order, Stage stage) {
        webhook.accept(new ExecutionReport(execution, order.echo(), stage, CallFacts.NONE));
    }

    @Override
    public Lookup find(DialOrder order, Instant now) {
        return new Lookup.Undecided("the modelled provider is not asked");
    }

    @Override
    public Lookup get(ExecutionId execution) {
        return new Lookup.Undecided("the modelled provider is not asked");
    }

    @Override
    public StopResult stop(ExecutionId execution) {
        return new StopResult.Impossible("the modelled provider ends calls by itself");
    }
}
