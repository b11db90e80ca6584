package linekeeper.bootstrap.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import linekeeper.application.planning.Arrivals.Bursts;
import linekeeper.application.planning.People.Shares;
import linekeeper.application.planning.Plan;
import linekeeper.application.planning.PlanRun;
import linekeeper.domain.InvalidValue;
import linekeeper.domain.call.CallStatus;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// A scenario is read as it is meant, or told what is wrong with it (G2).
final class ScenarioFileTest {
    private static final String GOOD =
            """
            seed: 3
            start: 2026-03-27T17:30:00Z
            people:
              talk: lognormal(PT90S, PT60S)
              shares: {busy: 0.05, no_answer: 0.2}
            accounts:
              - id: default
                concurrency_limit: 8
                campaigns:
                  - id: autumn
                    calls: 100
                    retry: {max_attempts: 3, on: {busy: {delay: PT5M}}}
                    window: {days: [mon-thu, sat], start: 09:00, end: 17:00, time_zone: Europe/Berlin}
            """;

    @TempDir Path folder;

    @Test
    void readsAPlanThatCanBeCarriedOut() throws IOException {
        Plan plan = read(GOOD);

        assertThat(plan.seed()).isEqualTo(3);
        assertThat(plan.start()).isEqualTo("2026-03-27T17:30:00Z");
        assertThat(plan.accounts().getFirst().concurrencyLimit()).isEqualTo(8);
        assertThat(plan.traffic().getFirst().arrivals()).isEqualTo(Bursts.once(100, Duration.ZERO));
        assertThat(plan.campaigns().getFirst().campaign().retries().policy())
                .matches(rules -> rules.delays().containsKey(CallStatus.BUSY));
        assertThat(PlanRun.of(plan).accepted()).isEqualTo(100);
    }

    /// Without quotes, 17:00 is a number to YAML.
    @ParameterizedTest
    @CsvSource({
        "09:00, 17:00",
        "'\"09:00\"', '\"17:00\"'",
        "9:00, 17:00",
        "'\"9:00\"', '\"17:00\"'"
    })
    void readsAWindowWithOrWithoutQuotes(String start, String end) throws IOException {
        String yaml = GOOD.replace("start: 09:00", "start: " + start).replace("17:00", end);

        assertThat(read(yaml).campaigns().getFirst().window())
                .isEqualTo(Windows.parse("window", "mon-thu,sat 09:00-17:00 Europe/Berlin"));
    }

    @Test
    void letsPeopleAnswerAsOftenAsTheFlagsDo() throws IOException {
        String without = GOOD.replace("  shares: {busy: 0.05, no_answer: 0.2}\n", "");

        assertThat(read(without).people().shares()).isEqualTo(PeopleFlags.SHARES);
        assertThat(read(GOOD).people().shares()).isEqualTo(new Shares(0.05, 0.2, 0, 0));
    }

    @Test
    void refusesAFieldThatIsThereTwice() {
        assertThatThrownBy(() -> read("seed: 4\n" + GOOD))
                .hasMessageContaining("duplicate key seed")
                .hasMessageContaining("line 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "seed", "[seed]", "seed: 1"})
    void needsAccounts(String yaml) {
        assertThatThrownBy(() -> read(yaml)).isInstanceOf(InvalidValue.class);
    }

    @Test
    void namesTheLineThatIsNotYaml() {
        assertThatThrownBy(
                        () -> read(GOOD.replace("concurrency_limit: 8", "concurrency_limit: [8")))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("plan.yaml is not YAML")
                .hasMessageContaining("line 9");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "concurrency_limit: 8 | concurrency_limit: -8 | accounts.0.concurrency_limit",
                "concurrency_limit: 8 | limit: 8 | accounts.0.limit",
                "calls: 100 | calls: many | accounts.0.campaigns.0.calls",
                "calls: 100 | calls: 0 | accounts.0.campaigns.0",
                "end: 17:00, | '' | accounts.0.campaigns.0.window.end",
                "window: { | window: daily #{ | accounts.0.campaigns.0.window",
                "end: 17:00 | ende: 17:00 | accounts.0.campaigns.0.window.ende",
                "end: 17:00 | end: noon | accounts.0.campaigns.0.window.end",
                "start: 09:00 | start: 1500 | accounts.0.campaigns.0.window.start",
                "[mon-thu, sat] | [] | accounts.0.campaigns.0.window.days",
                "[mon-thu, sat] | mon | accounts.0.campaigns.0.window.days",
                "[mon-thu, sat] | [mon, day] | accounts.0.campaigns.0.window.days.1",
                "Europe/Berlin | Berlin | accounts.0.campaigns.0.window.time_zone",
                "start: 2026-03-27T17:30:00Z | start: friday | start",
                "start: 2026-03-27T17:30:00Z | start: [1] | start",
                "start: 2026-03-27T17:30:00Z | 'start:' | start",
                "start: 2026-03-27T17:30:00Z | people.talk: PT1M | people.talk",
                "busy: {delay | completed: {delay | accounts.0.campaigns.0.retry.on.completed",
                "busy: 0.05 | busy: 0.95 | people.shares",
                "(PT90S, PT60S) | (PT90S) | people.talk",
                "seed: 3 | sead: 3 | sead"
            })
    void namesTheFieldThatIsWrong(String good, String bad, String field) {
        assertThatThrownBy(() -> read(GOOD.replace(good, bad)))
                .isInstanceOfSatisfying(
                        InvalidValue.class, wrong -> assertThat(wrong.field()).isEqualTo(field));
    }

    private Plan read(String yaml) throws IOException {
        return ScenarioFile.read(Files.writeString(folder.resolve("plan.yaml"), yaml));
    }
}
