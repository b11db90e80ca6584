package linekeeper.bootstrap.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import linekeeper.application.planning.Arrivals.Bursts;
import linekeeper.application.planning.Plan;
import linekeeper.application.planning.PlanRun;
import linekeeper.domain.InvalidValue;
import linekeeper.domain.call.CallStatus;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// A scenario is read as it is meant, or told what is wrong with it (G2).
final class ScenarioFileTest {
    private static final String GOOD =
            """
            seed: 3
            people:
              talk: lognormal(PT90S, PT60S)
              shares: {busy: 0.05, no_answer: 0.2}
            accounts:
              - id: default
                concurrency_limit: 8
                campaigns:
                  - {id: autumn, calls: 100, retry: {max_attempts: 3, on: {busy: {delay: PT5M}}}}
            """;

    @TempDir Path folder;

    @Test
    void readsAPlanThatCanBeCarriedOut() throws IOException {
        Plan plan = read(GOOD);

        assertThat(plan.seed()).isEqualTo(3);
        assertThat(plan.accounts().getFirst().concurrencyLimit()).isEqualTo(8);
        assertThat(plan.traffic().getFirst().arrivals()).isEqualTo(Bursts.once(100, Duration.ZERO));
        assertThat(plan.campaigns().getFirst().campaign().retries().policy())
                .matches(rules -> rules.delays().containsKey(CallStatus.BUSY));
        assertThat(PlanRun.of(plan).accepted()).isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "concurrency_limit: 8 | concurrency_limit: -8 | accounts.0.concurrency_limit",
                "concurrency_limit: 8 | limit: 8 | accounts.0.limit",
                "calls: 100 | calls: many | accounts.0.campaigns.0.calls",
                "calls: 100 | calls: 0 | accounts.0.campaigns.0",
                "calls: 100 | calls: 1, window: {start: 9} | accounts.0.campaigns.0.window",
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
