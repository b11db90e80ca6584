package linekeeper.application.contract;

import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.ExecutionReport.Echo;
import linekeeper.application.port.ExecutionReport.Over;
import linekeeper.application.port.ExecutionReport.Reached;
import linekeeper.application.port.ExecutionReport.Stage;
import linekeeper.application.port.ExecutionReport.Unrecognised;
import linekeeper.domain.ConversationId;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.Failure;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.Progress;
import linekeeper.domain.call.Spoken;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/// Providers' reports that are parked before their executions are known, some of them twice (H3).
final class RandomReports {
    private static final List<Outcome> OUTCOMES =
            List.of(
                    new Outcome.Completed(),
                    new Outcome.NoAnswer(),
                    new Outcome.Failed(new Failure("E_1", "why")),
                    new Outcome.Failed(new Failure("E_2", "")));

    private final HistoryCourse course;

    RandomReports(HistoryCourse course) {
        this.course = course;
    }

    void one() {
        ExecutionId execution = execution();
        var parked = course.node().engine().parked();
        switch (course.random.nextInt(8)) {
            case 0 -> parked.remove(execution);
            case 1 -> course.answered("removed " + parked.removeBefore(some(10_000)));
            default -> parkSome(execution);
        }
        course.answered("parked " + course.node().engine().parked().of(execution));
        course.answered("parked " + course.node().engine().parked().of(execution()));
    }

    private void parkSome(ExecutionId execution) {
        ExecutionReport report = report(execution);
        int times = 1 + course.random.nextInt(2);
        for (int i = 0; i < times; i++) {
            course.node().engine().parked().park(report, course.now());
        }
    }

    private ExecutionId execution() {
        ProviderName provider = new ProviderName(course.oneOf(List.of("simulated", "spare")));
        return new ExecutionId(provider, "early-" + course.random.nextInt(3));
    }

    private ExecutionReport report(ExecutionId execution) {
        Echo echo = course.once(2) ? null : new Echo(course.knownCall(), 1);
        return new ExecutionReport(execution, echo, stage(), facts(), transcript());
    }

    private Stage stage() {
        return switch (course.random.nextInt(4)) {
            case 0 -> new Unrecognised("weird");
            case 1 -> new Over(course.oneOf(OUTCOMES));
            default -> new Reached(course.oneOf(List.of(Progress.values())));
        };
    }

    private CallFacts facts() {
        return course.once(2)
                ? CallFacts.NONE
                : new CallFacts(
                        course.once(2) ? new ConversationId("conv") : null,
                        course.once(2) ? course.now() : null,
                        either("human"),
                        course.once(2) ? new BigDecimal("12.50") : null,
                        course.once(2) ? new BigDecimal("0.0042") : null,
                        either("https://provider.example/1.mp3"));
    }

    private @Nullable String either(String word) {
        return course.once(2) ? word : null;
    }

    private List<Spoken> transcript() {
        Spoken hello = new Spoken("agent", "Hello \"you\"\n— Zoë", some(5_000));
        return course.once(3) ? List.of(hello, new Spoken("user", "Who?", null)) : List.of();
    }

    private Instant some(int millis) {
        return course.now().minusMillis(course.random.nextInt(millis));
    }
}
