package linekeeper.telephony.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.port.DialOrder;
import linekeeper.application.port.DialResult;
import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.ExecutionReport.Over;
import linekeeper.application.port.ExecutionReport.Reached;
import linekeeper.application.port.Lookup;
import linekeeper.application.port.StopResult;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.Line;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.Progress;
import linekeeper.domain.call.Recipient;
import linekeeper.domain.call.Routing;
import linekeeper.domain.call.Spoken;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/// Simulated calls under a clock that the test moves.
final class SimulatedProviderTest {
    private static final SimulatedSettings ANSWERED =
            new SimulatedSettings(Duration.ofSeconds(10), 0, 1, Duration.ofMillis(100));

    private final List<ExecutionReport> reports = new ArrayList<>();
    private final HandMovedTime time = new HandMovedTime();
    private SimulatedProvider provider = provider(ANSWERED);

    @Test
    void ringsIsAnsweredAndEnds() {
        ExecutionId execution = accepted(provider.dial(order("a", "+14155550100")));
        assertThat(time.now).isEqualTo(HandMovedTime.START.plusMillis(100));

        time.pass(Duration.ofSeconds(1));
        assertThat(stages()).containsExactly(new Reached(Progress.RINGING));
        time.pass(Duration.ofSeconds(9));
        assertThat(stages())
                .containsExactly(
                        new Reached(Progress.RINGING),
                        new Reached(Progress.ANSWERED),
                        new Over(new Outcome.Completed()));
        assertThat(reports.getLast().execution()).isEqualTo(execution);
        assertThat(reports.getLast().echo()).isEqualTo(order("a", "+14155550100").echo());
        assertThat(reports.getLast().facts().durationSeconds()).isEqualByComparingTo("7.5");
    }

    @ParameterizedTest
    @CsvSource({
        "+14155599901, NO_ANSWER",
        "+14155599902, BUSY",
        "+14155599903, VOICEMAIL",
        "+14155599904, FAILED"
    })
    void followsTheScriptOfTheNumber(String number, CallStatus status) {
        provider.dial(order("a", number));

        time.pass(Duration.ofSeconds(10));

        assertThat(((Over) stages().getLast()).outcome().status()).isEqualTo(status);
    }

    @Test
    void refusesLosesAndFailsToSendOnDemand() {
        assertThat(provider.dial(order("a", "+14155599905")))
                .isInstanceOf(DialResult.Refused.class);
        assertThat(provider.dial(order("b", "+14155599909")))
                .isInstanceOf(DialResult.NotSent.class);
        assertThat(provider.dial(order("c", "+14155599906")))
                .isInstanceOf(DialResult.Unknown.class);
        assertThat(provider.dial(order("d", "+14155599907")))
                .isInstanceOf(DialResult.Unknown.class);

        assertThat(provider.find(order("c", "+14155599906"), time.now))
                .isInstanceOf(Lookup.Found.class);
        assertThat(provider.find(order("d", "+14155599907"), time.now))
                .isEqualTo(new Lookup.Absent());
        time.pass(Duration.ofSeconds(20));
        assertThat(reports).extracting(ExecutionReport::echo).containsOnly(echo("c"));
    }

    @Test
    void saysNothingOfASilentCallUntilItIsAsked() {
        ExecutionId execution = accepted(provider.dial(order("a", "+14155599908")));

        time.pass(Duration.ofSeconds(10));

        assertThat(reports).isEmpty();
        assertThat(stage(provider.get(execution))).isEqualTo(new Over(new Outcome.Completed()));
    }

    @Test
    void knowsItsCallsAfterARestart() {
        ExecutionId execution = accepted(provider.dial(order("a", "+14155550100")));
        provider = provider(ANSWERED);

        time.pass(Duration.ofSeconds(5));
        assertThat(stage(provider.get(execution))).isEqualTo(new Reached(Progress.ANSWERED));
        time.pass(Duration.ofSeconds(5));
        assertThat(stage(provider.get(execution))).isEqualTo(new Over(new Outcome.Completed()));
        assertThat(provider.get(new ExecutionId(SimulatedProvider.NAME, "sim-1-no-0")))
                .isEqualTo(new Lookup.Absent());
    }

    @Test
    void tellsTheRestOfACallThatItIsAskedAboutAfterARestart() {
        ExecutionId execution = accepted(provider.dial(order("a", "+14155550100")));
        time.tasks.clear();
        provider = provider(ANSWERED);
        time.pass(Duration.ofSeconds(2));

        provider.get(execution);
        provider.get(execution);
        time.pass(Duration.ofSeconds(8));

        assertThat(stages())
                .containsExactly(new Reached(Progress.ANSWERED), new Over(new Outcome.Completed()));
        assertThat(reports).extracting(ExecutionReport::execution).containsOnly(execution);
    }

    @Test
    void tellsWhatWasSaidInACompletedCall() {
        ExecutionId completed = accepted(provider.dial(order("a", "+14155550100")));
        ExecutionId busy = accepted(provider.dial(order("b", "+14155599902")));

        time.pass(Duration.ofSeconds(10));

        ExecutionReport told = reports.getLast();
        assertThat(told.transcript()).extracting(Spoken::role).contains("agent", "user");
        assertThat(told.transcript())
                .isSortedAccordingTo(
                        Comparator.comparing(line -> Objects.requireNonNull(line.at())));
        assertThat(reports)
                .filteredOn(report -> !report.terminal())
                .allMatch(report -> report.transcript().isEmpty());
        assertThat(((Lookup.Found) provider.get(completed)).report().transcript())
                .isEqualTo(told.transcript());
        assertThat(((Lookup.Found) provider.get(busy)).report().transcript()).isEmpty();
    }

    @Test
    void answersAsOftenAsItIsTold() {
        provider = provider(new SimulatedSettings(Duration.ofSeconds(1), 0.5, 0.3, Duration.ZERO));
        for (int i = 0; i < 2_000; i++) {
            provider.dial(order("c" + i, "+14155550100"));
        }

        time.pass(Duration.ofSeconds(2));

        long completed =
                stages().stream().filter(new Over(new Outcome.Completed())::equals).count();
        assertThat(completed).isBetween(500L, 700L);
    }

    @Test
    void stopsInEveryStage() {
        ExecutionId ringing = accepted(provider.dial(order("a", "+14155550100")));
        assertThat(provider.stop(ringing)).isEqualTo(new StopResult.Stopped());
        assertThat(stage(provider.get(ringing))).isEqualTo(new Over(new Outcome.Cancelled()));

        ExecutionId answered = accepted(provider.dial(order("b", "+14155550100")));
        time.pass(Duration.ofSeconds(5));
        assertThat(provider.stop(answered)).isEqualTo(new StopResult.HangingUp());
        assertThat(stages().getLast()).isEqualTo(new Over(new Outcome.Completed()));
        int told = reports.size();
        time.pass(Duration.ofSeconds(10));
        assertThat(reports).hasSize(told);

        ExecutionId over = accepted(provider.dial(order("c", "+14155550100")));
        time.pass(Duration.ofSeconds(10));
        assertThat(provider.stop(over)).isInstanceOf(StopResult.Impossible.class);
    }

    @Test
    void readsItsWebhook() {
        ExecutionReport report =
                SimulatedReports.read(
                                """
                                {"call_id": "a", "execution_id": "x", "status": "completed",
                                 "duration_seconds": 3.5, "recording_url": "https://r.example/1",
                                 "transcript": [
                                   {"role": "assistant", "text": "Hello",
                                    "at": "2026-10-25T00:30:00Z"},
                                   {"role": "user", "message": "Who?", "at": "now"},
                                   {"role": "user"}, 7, {"text": "Click"}]}
                                """
                                        .getBytes(StandardCharsets.UTF_8))
                        .orElseThrow();

        assertThat(report.echo()).isEqualTo(echo("a"));
        assertThat(report.stage()).isEqualTo(new Over(new Outcome.Completed()));
        assertThat(report.facts().durationSeconds()).isEqualByComparingTo("3.5");
        assertThat(report.transcript())
                .containsExactly(
                        new Spoken("agent", "Hello", HandMovedTime.START),
                        new Spoken("user", "Who?", null),
                        new Spoken("unknown", "Click", null));
        assertThat(SimulatedReports.read("{\"status\":1}".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(SimulatedReports.read("[".getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    private SimulatedProvider provider(SimulatedSettings settings) {
        return new SimulatedProvider(
                settings, time, () -> time.now, new Random(20261121), reports::add);
    }

    private List<ExecutionReport.Stage> stages() {
        return reports.stream().map(ExecutionReport::stage).toList();
    }

    private static ExecutionReport.Stage stage(Lookup lookup) {
        return ((Lookup.Found) lookup).report().stage();
    }

    private static ExecutionId accepted(DialResult result) {
        return ((DialResult.Accepted) result).execution();
    }

    private static ExecutionReport.Echo echo(String id) {
        return new ExecutionReport.Echo(new CallKey(AccountId.DEFAULT, new CallId(id)), 1);
    }

    private static DialOrder order(String id, String number) {
        return new DialOrder(
                CallRequest.direct(
                        new CallKey(AccountId.DEFAULT, new CallId(id)),
                        new Recipient(new PhoneNumber(number), null, null)),
                1,
                HandMovedTime.START,
                Line.asAsked(Routing.DEFAULT));
    }

    private static final class HandMovedTime implements Later {
        private static final Instant START = Instant.parse("2026-10-25T00:30:00Z");

        private final List<Task> tasks = new ArrayList<>();
        private Instant now = START;

        @Override
        public void after(Duration delay, Runnable task) {
            tasks.add(new Task(now.plus(delay), task));
        }

        @Override
        public void pause(Duration delay) {
            now = now.plus(delay);
        }

        void pass(Duration time) {
            now = now.plus(time);
            List<Task> due = tasks.stream().filter(task -> !task.at.isAfter(now)).toList();
            tasks.removeAll(due);
            due.stream().sorted(Comparator.comparing(Task::at)).forEach(task -> task.work.run());
        }

        private record Task(Instant at, Runnable work) {}
    }
}
