package linekeeper.application.contract;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.aCall;
import static linekeeper.application.contract.TestCalls.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import linekeeper.application.CreateLead;
import linekeeper.application.port.Change;
import linekeeper.application.port.Job;
import linekeeper.application.port.Jobs;
import linekeeper.application.port.Leads;
import linekeeper.application.port.Leads.Made;
import linekeeper.application.port.StoreUnavailable;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.ContactId;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.TimelineEvent;
import linekeeper.domain.person.Contact;
import linekeeper.domain.person.Lead;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Jobs, leads and contacts (E1).
public abstract class FollowUpContract extends StoresContract {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final PhoneNumber ZOE = new PhoneNumber("+14155550100");

    private static final PhoneNumber EVA = new PhoneNumber("+4930123456");
    private static final CallFacts LATE =
            new CallFacts(null, null, null, null, null, "https://example.org/a.mp3");

    @Test
    void countsEveryDialedCallInItsLeadWhenItEnds() {
        end(bind(reserved(aCall("dialed")), "x"));
        end(reserved(aCall("undialed")));

        assertThat(leads()).extracting(Lead::lastCall).containsExactly(new CallId("dialed"));
        assertThat(jobs(null)).isEmpty();
    }

    @Test
    void endsACallWhoseLeadCannotBeWrittenAndLeavesAJob() {
        refuseLeads();

        end(bind(reserved(aCall("dialed")), "x"));
        end(reserved(aCall("undialed")));

        assertThat(found("dialed")).containsInstanceOf(EndedCall.class);
        assertThat(leads()).isEmpty();
        assertThat(jobs(null)).extracting(Job::key).containsExactly(key("dialed"));
        Job job = jobs(null).getFirst();
        assertThat(job.kind()).isEqualTo(Job.Kind.LEAD);
        assertThat(job.dueAt()).isEqualTo(NOW);
        assertThat(job.attempts()).isZero();
    }

    @Test
    void countsNothingTwiceThatIsToldLate() {
        EndedCall ended = end(bind(reserved(aCall("a")), "x"));
        EndedCall left = endedWithJob("b");

        change(ended, ended.amend(LATE).orElseThrow(), "amended");
        change(left, left.amend(LATE).orElseThrow(), "amended");

        assertThat(leads()).extracting(Lead::calls).containsExactly(1L);
        assertThat(jobs(null)).extracting(Job::key).containsExactly(key("b"));
    }

    @Test
    void writesNoneOfALeadsBatchIfOneCannotBeWritten() {
        endedWithJob("a");
        refuseLeads();
        end(bind(reserved(aCall("b").to(EVA.value())), "y"));
        List<Made> both = take(NOW).stream().map(this::made).toList();
        stores.refuseLeadsOf(Set.of(EVA));

        assertThat(both).hasSize(2);
        assertThatThrownBy(() -> stores.leads().record(both))
                .isInstanceOf(RuntimeException.class)
                .isNotInstanceOf(StoreUnavailable.class);

        assertThat(leads()).isEmpty();
        assertThat(jobs(null)).hasSize(2);
    }

    @Test
    void letsAPoisonJobDieVisiblyAndServesOthersMeanwhile() {
        endedWithJob("other");
        refuseLeads();
        end(bind(reserved(aCall("poison").to(EVA.value())), "y"));
        stores.refuseLeadsOf(Set.of(EVA));

        int done = 0;
        for (int i = 0; i < 10; i++) {
            done += createLead().runOnce(NOW.plus(Duration.ofMinutes(15L * i))).done();
        }

        assertThat(done).isEqualTo(1);
        assertThat(leads()).extracting(Lead::phone).containsExactly(ZOE);
        assertThat(jobs(null)).extracting(Job::status).containsExactly(Job.Status.DEAD);
        assertThat(jobs(null)).extracting(Job::attempts).containsExactly(8);
        assertThat(jobs(null).getFirst().lastError()).isNotBlank();
    }

    @Test
    void takesAJobOnceUntilItsTimeIsOver() {
        endedWithJob("a");
        Job taken = take(NOW).getFirst();
        assertThat(taken.attempts()).isEqualTo(1);
        assertThat(take(NOW)).isEmpty();
        assertThat(take(NOW.plus(MINUTE)))
                .hasSize(1)
                .first()
                .extracting(Job::attempts)
                .isEqualTo(2);
        assertThat(stores.jobs().putBack(taken, NOW, "slow")).isFalse();
        assertThat(stores.jobs().bury(taken, "slow")).isFalse();
        assertThat(stores.leads().record(List.of(made(taken)))).isZero();
        assertThat(leads()).isEmpty();
    }

    @Test
    void countsACallOnceInABatchThatHasItThreeTimes() {
        endedWithJob("a");
        Made late = made(take(NOW).getFirst());
        Made mine = made(take(NOW.plus(MINUTE)).getFirst());

        assertThat(stores.leads().record(List.of(late, mine, mine))).isEqualTo(1);

        assertThat(leads()).extracting(Lead::calls).containsExactly(1L);
    }

    @Test
    void leavesJobsThatAreNotDue() {
        endedWithJob("a");
        assertThat(take(NOW.minusMillis(1))).isEmpty();
    }

    @Test
    void keepsWhyAJobFailed() {
        endedWithJob("a");
        Job job = take(NOW).getFirst();
        assertThat(stores.jobs().putBack(job, NOW.plusSeconds(5), "why\u0000 ".repeat(500)))
                .isTrue();
        assertThat(take(NOW)).isEmpty();
        Job again = take(NOW.plusSeconds(5)).getFirst();
        assertThat(again.lastError()).startsWith("why");
        assertThat(stores.jobs().bury(again, "gone")).isTrue();
        assertThat(jobs(Job.Status.PENDING)).isEmpty();
        assertThat(jobs(Job.Status.DEAD)).extracting(Job::lastError).containsExactly("gone");
        assertThat(take(NOW.plus(Duration.ofDays(1)))).isEmpty();
    }

    @Test
    void triesADeadJobAgainFromTheBeginning() {
        endedWithJob("a");
        Job job = take(NOW).getFirst();
        stores.jobs().bury(job, "gone");
        Jobs jobs = stores.jobs();
        assertThat(jobs.retry(new AccountId("other"), job.number(), NOW)).isEmpty();
        assertThat(jobs.retry(AccountId.DEFAULT, job.number(), NOW)).isPresent();
        assertThat(jobs.retry(AccountId.DEFAULT, job.number(), NOW)).isEmpty();
        assertThat(take(NOW)).extracting(Job::attempts).containsExactly(1);
    }

    @Test
    void pagesThroughJobs() {
        account("wide", 5);
        refuseLeads();
        for (int i = 0; i < 3; i++) {
            end(bind(reserved(aCall("c" + i).of("wide")), "x" + i));
        }
        AccountId wide = new AccountId("wide");
        List<Job> first = stores.jobs().list(wide, null, 0, 2);
        assertThat(first).hasSize(2);
        assertThat(stores.jobs().list(wide, null, first.getLast().number(), 2)).hasSize(1);
        assertThat(stores.jobs().list(AccountId.DEFAULT, null, 0, 10)).isEmpty();
    }

    @Test
    void makesOneLeadPerNumber() {
        endAt(bind(reserved(aCall("a")), "x"), new Outcome.Completed(), NOW.plusSeconds(60));
        endAt(bind(reserved(aCall("b")), "y"), new Outcome.NoAnswer(), NOW.plusSeconds(30));
        endAt(
                bind(reserved(aCall("c").to(EVA.value())), "z"),
                new Outcome.Busy(),
                NOW.plusSeconds(10));
        assertThat(leads())
                .containsExactly(
                        new Lead(
                                ZOE,
                                "Zoë",
                                2,
                                1,
                                new CallId("a"),
                                CallStatus.COMPLETED,
                                NOW,
                                NOW.plusSeconds(60)),
                        new Lead(
                                EVA,
                                "Zoë",
                                1,
                                0,
                                new CallId("c"),
                                CallStatus.BUSY,
                                NOW,
                                NOW.plusSeconds(10)));
    }

    @Test
    void mergesLeadsInAnyOrder() {
        refuseLeads();
        endAt(bind(reserved(aCall("first")), "x"), new Outcome.Busy(), NOW.plusSeconds(1));
        stores.refuseLeadsOf(Set.of());
        endAt(bind(reserved(aCall("late")), "y"), new Outcome.Busy(), NOW.plusSeconds(9));
        endAt(bind(reserved(aCall("early")), "z"), new Outcome.Completed(), NOW.plusSeconds(3));

        assertThat(createLead().runOnce(NOW.plus(MINUTE)).done()).isEqualTo(1);

        Lead lead = leads().getFirst();
        assertThat(lead.lastCall()).isEqualTo(new CallId("late"));
        assertThat(lead.lastStatus()).isEqualTo(CallStatus.BUSY);
        assertThat(lead.updatedAt()).isEqualTo(NOW.plusSeconds(9));
        assertThat(lead.calls()).isEqualTo(3);
        assertThat(lead.completed()).isEqualTo(1);
    }

    @Test
    void pagesThroughLeadsTheLatestFirst() {
        account("wide", 9);
        for (int i = 0; i < 5; i++) {
            var call = bind(reserved(aCall("c" + i).of("wide").to("+1415555010" + i)), "x" + i);
            endAt(call, new Outcome.Completed(), NOW.plusSeconds(i / 2));
        }
        AccountId wide = new AccountId("wide");
        List<Lead> all = stores.leads().list(wide, null, 10);
        assertThat(all)
                .extracting(lead -> lead.lastCall().value())
                .containsExactly("c4", "c2", "c3", "c0", "c1");
        for (int i = 0; i < 5; i++) {
            assertThat(stores.leads().list(wide, Leads.Place.of(all.get(i)), 10))
                    .isEqualTo(all.subList(i + 1, 5));
        }
    }

    @Test
    void countsEveryCallOnceHoweverManyWorkAtIt() throws Exception {
        account("wide", 5);
        refuseLeads();
        for (int i = 0; i < 40; i++) {
            end(bind(reserved(aCall("c" + i).of("wide").to("+1415555010" + i % 3)), "x" + i));
        }
        stores.refuseLeadsOf(Set.of());
        List<Future<Integer>> rounds = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 16; i++) {
                rounds.add(threads.submit(this::fewAtATime));
            }
        }
        int done = 0;
        for (Future<Integer> round : rounds) {
            done += round.get();
        }
        assertThat(done).isEqualTo(40);
        assertThat(stores.leads().list(new AccountId("wide"), null, 10))
                .hasSize(3)
                .extracting(Lead::calls)
                .containsExactlyInAnyOrder(14L, 13L, 13L);
    }

    private int fewAtATime() {
        int done = 0;
        List<Job> some = takeMost(3);
        while (!some.isEmpty()) {
            done += stores.leads().record(some.stream().map(this::made).toList());
            some = takeMost(3);
        }
        return done;
    }

    @Test
    void keepsContacts() {
        ContactId id = new ContactId("c-1");
        Contact zoe = new Contact(id, ZOE, "Zoë", ZoneId.of("Asia/Kathmandu"));
        Contact bare = new Contact(id, EVA, null, null);
        assertThat(stores.contacts().find(AccountId.DEFAULT, id)).isEmpty();
        stores.contacts().put(AccountId.DEFAULT, zoe);
        assertThat(stores.contacts().find(AccountId.DEFAULT, id)).contains(zoe);
        assertThat(stores.contacts().find(new AccountId("other"), id)).isEmpty();
        stores.contacts().put(AccountId.DEFAULT, bare);
        assertThat(stores.contacts().find(AccountId.DEFAULT, id)).contains(bare);
    }

    /// Those of all numbers that are called here.
    private void refuseLeads() {
        stores.refuseLeadsOf(
                Set.of(ZOE, EVA, new PhoneNumber("+14155550101"), new PhoneNumber("+14155550102")));
    }

    /// Its lead could not be written then, and can be now.
    private EndedCall endedWithJob(String id) {
        refuseLeads();
        EndedCall ended = end(bind(reserved(aCall(id)), "x-" + id));
        stores.refuseLeadsOf(Set.of());
        return ended;
    }

    private CreateLead createLead() {
        return new CreateLead(stores.jobs(), stores.engine().calls(), stores.leads());
    }

    private Made made(Job job) {
        EndedCall call = (EndedCall) stores.engine().calls().find(job.key()).orElseThrow();
        return new Made(job, Lead.of(call));
    }

    private List<Job> take(Instant now) {
        return stores.jobs().take(Job.Kind.LEAD, now, now.plus(MINUTE), 10);
    }

    private List<Job> takeMost(int most) {
        return stores.jobs().take(Job.Kind.LEAD, NOW, NOW.plus(MINUTE), most);
    }

    private List<Job> jobs(Job.Status status) {
        return stores.jobs().list(AccountId.DEFAULT, status, 0, 10);
    }

    private List<Lead> leads() {
        return stores.leads().list(AccountId.DEFAULT, null, 10);
    }

    private void endAt(LiveCall call, Outcome outcome, Instant at) {
        stores.engine()
                .calls()
                .change(
                        call.key(),
                        current ->
                                Change.to(
                                        call.end(outcome, CallFacts.NONE, at),
                                        TimelineEvent.of(at, "ended"),
                                        true));
    }
}
