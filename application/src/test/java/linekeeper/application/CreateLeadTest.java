package linekeeper.application;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.aCall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import linekeeper.application.contract.TestCalls;
import linekeeper.application.port.Change;
import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Intake;
import linekeeper.application.port.Job;
import linekeeper.application.port.Leads;
import linekeeper.application.port.StoreUnavailable;
import linekeeper.application.world.MemoryTestStores;
import linekeeper.domain.AccountId;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.TimelineEvent;
import linekeeper.domain.call.UnboundCall;
import linekeeper.domain.person.Lead;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// One poison job never blocks others; its retries are bounded and then it is visibly dead (E1).
final class CreateLeadTest {
    private static final String POISON = "+14155550666";
    private final MemoryTestStores stores = new MemoryTestStores(Limits.of(1_000, 1_000));
    private final CreateLead createLead =
            new CreateLead(stores.jobs(), stores.engine().calls(), stores.leads());

    @Test
    void doesTheOthersWhenOneCannotBeWritten() {
        ended("a", "+14155550101");
        ended("poison", POISON);
        ended("b", "+14155550102");
        assertThat(createLead.runOnce(NOW)).isEqualTo(new CreateLead.Round(2, 1, false));
        assertThat(stores.leads().list(AccountId.DEFAULT, null, 10)).hasSize(2);
        assertThat(jobs(Job.Status.PENDING))
                .extracting(Job::lastError)
                .containsExactly("a lead cannot be written");
    }

    @Test
    void letsAPoisonJobDieAfterBoundedRetriesAndServesOthersMeanwhile() {
        ended("poison", POISON);
        Instant now = NOW;
        for (int i = 1; i <= 8; i++) {
            ended("c" + i, "+1415555010" + i);
            assertThat(createLead.runOnce(now).done()).isEqualTo(1);
            assertThat(createLead.runOnce(now.plusSeconds(4)).failed()).isZero();
            now = now.plus(Duration.ofMinutes(10));
        }
        assertThat(jobs(Job.Status.DEAD)).extracting(Job::attempts).containsExactly(8);
        assertThat(createLead.runOnce(now.plus(Duration.ofDays(1))))
                .isEqualTo(new CreateLead.Round(0, 0, false));
    }

    @Test
    void givesUpAJobThatKillsWhoeverTakesIt() {
        ended("a", "+14155550101");
        Instant now = NOW;
        for (int i = 0; i < 8; i++) {
            stores.jobs().take(Job.Kind.LEAD, now, now.plusSeconds(60), 10);
            now = now.plusSeconds(60);
        }
        assertThat(createLead.runOnce(now).failed()).isEqualTo(1);
        assertThat(jobs(Job.Status.DEAD)).hasSize(1);
    }

    @Test
    void blamesNoJobForAnOutage() {
        ended("a", "+14155550101");
        CreateLead offline =
                new CreateLead(
                        stores.jobs(),
                        stores.engine().calls(),
                        new Failing(stores.leads(), new StoreUnavailable("away")));
        assertThatThrownBy(() -> offline.runOnce(NOW)).isInstanceOf(StoreUnavailable.class);
        assertThat(jobs(Job.Status.PENDING)).extracting(Job::lastError).containsOnlyNulls();
        assertThat(createLead.runOnce(NOW.plusSeconds(60)).done()).isEqualTo(1);
    }

    @Test
    void tellsInOneLineWhatFailedFirst() {
        ended("a", "+14155550101");
        Throwable first = new IOException("refused\nDetail: (Zoë, +14155550101)");
        CreateLead failing =
                new CreateLead(
                        stores.jobs(),
                        stores.engine().calls(),
                        new Failing(stores.leads(), new IllegalStateException("failed", first)));

        failing.runOnce(NOW);

        assertThat(jobs(Job.Status.PENDING)).extracting(Job::lastError).containsExactly("refused");
    }

    @Test
    void saysWhenThereIsMore() {
        for (int i = 0; i < 101; i++) {
            ended("c" + i, "+1415555" + (1000 + i));
        }
        assertThat(createLead.runOnce(NOW)).isEqualTo(new CreateLead.Round(100, 0, true));
        assertThat(createLead.runOnce(NOW)).isEqualTo(new CreateLead.Round(1, 0, false));
    }

    private List<Job> jobs(Job.Status status) {
        return stores.jobs().list(AccountId.DEFAULT, status, 0, 200);
    }

    /// Its lead could not be written when it ended; later, only that of the poison cannot.
    private void ended(String id, String number) {
        stores.refuseLeadsOf(Set.of(new PhoneNumber(number)));
        end(id, number);
        stores.refuseLeadsOf(Set.of(new PhoneNumber(POISON)));
    }

    private void end(String id, String number) {
        var engine = stores.engine();
        var candidate =
                new Intake.Candidate(
                        aCall(id).to(number).build(),
                        TestCalls.PROVIDER,
                        NOW,
                        ClaimTerms.of(500, () -> NOW));
        UnboundCall call = ((Intake.Reserved) engine.intake().admit(candidate).own()).call();
        LiveCall bound = call.bind(TestCalls.execution("x" + id), null, NOW);
        engine.calls()
                .change(
                        call.key(),
                        current ->
                                Change.to(
                                        bound.end(new Outcome.Completed(), CallFacts.NONE, NOW),
                                        TimelineEvent.of(NOW, "ended"),
                                        true));
    }

    /// Leads that are never written.
    private record Failing(Leads leads, RuntimeException failure) implements Leads {
        @Override
        public int record(List<Made> made) {
            throw failure;
        }

        @Override
        public List<Lead> list(AccountId account, @Nullable Place after, int most) {
            return leads.list(account, after, most);
        }
    }
}
