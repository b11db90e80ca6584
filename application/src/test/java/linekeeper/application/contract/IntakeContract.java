package linekeeper.application.contract;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.aCall;
import static linekeeper.application.contract.TestCalls.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import linekeeper.application.port.Calls.Recorded;
import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Intake.Admission;
import linekeeper.application.port.Intake.Candidate;
import linekeeper.application.port.Intake.Known;
import linekeeper.application.port.Intake.NoSuchAccount;
import linekeeper.application.port.Intake.Reserved;
import linekeeper.application.port.Intake.Waiting;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.queue.QueuePlace;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Calls come in (A2, A4, B1, D1, D5).
public abstract class IntakeContract extends StoresContract {
    @Test
    void reservesASlotForANewCallInTheSameCommit() {
        var call = reserved(aCall("EL_12345_2025-11-21T10:30:00Z"));

        assertThat(call.slot().reservedAt()).isEqualTo(NOW);
        assertThat(found("EL_12345_2025-11-21T10:30:00Z")).contains(call);
        assertThat(call.accepted().request())
                .isEqualTo(aCall("EL_12345_2025-11-21T10:30:00Z").build());
    }

    @Test
    void recordsACandidateOnceThatIsOfferedTwiceAtOnce() {
        Candidate one =
                new Candidate(
                        aCall("a").build(), TestCalls.PROVIDER, NOW, ClaimTerms.of(500, () -> NOW));

        var answers = stores.engine().intake().admitAll(List.of(one, one));

        assertThat(answers.getFirst().orElseThrow().own()).isInstanceOf(Reserved.class);
        assertThat(answers.getLast().orElseThrow().own())
                .isEqualTo(new Known(found("a").orElseThrow()));
    }

    /// Not in the order of the list: all of them are there before the first slot is given out.
    @Test
    void givesTheSlotsToTheMostUrgentOfThoseThatComeAtOnce() {
        reserved(aCall("live"));
        var all = List.of(candidate("low", 10), candidate("high", 190), candidate("middle", 50));

        var answers = stores.engine().intake().admitAll(all);

        assertThat(answers)
                .extracting(one -> one.orElseThrow().own() instanceof Reserved)
                .containsExactly(false, true, false);
    }

    private static Candidate candidate(String id, int priority) {
        return new Candidate(
                aCall(id).prioritised(priority).build(),
                TestCalls.PROVIDER,
                NOW,
                ClaimTerms.of(500, () -> NOW));
    }

    @Test
    void queuesACallWhenTheAccountsSlotsAreTaken() {
        reserved(aCall("a"));
        reserved(aCall("b"));

        Waiting waiting = (Waiting) admitted(aCall("c"));

        assertThat(waiting.standing().place()).isEqualTo(new QueuePlace(1, 1));
        assertThat(waiting.standing().occupancy().tightestLimit()).isEqualTo(2);
        assertThat(found("c")).contains(waiting.call());
    }

    @Test
    void countsPlacesInTheOrderOfService() {
        reserved(aCall("a"));
        reserved(aCall("b"));
        admitted(aCall("campaign-1").ofCampaign("autumn").prioritised(900));
        admitted(aCall("low").prioritised(10));

        Waiting direct = (Waiting) admitted(aCall("direct"));

        assertThat(direct.standing().place()).isEqualTo(new QueuePlace(1, 3));
        assertThat(placeOf("low")).isEqualTo(new QueuePlace(2, 3));
        assertThat(placeOf("campaign-1")).isEqualTo(new QueuePlace(3, 3));
    }

    @Test
    void doesNotCountCallsThatAreDueLater() {
        reserved(aCall("a"));
        reserved(aCall("b"));
        admitted(aCall("tomorrow").notBefore(NOW.plus(Duration.ofDays(1))).prioritised(500));

        assertThat(((Waiting) admitted(aCall("now"))).standing().place())
                .isEqualTo(new QueuePlace(1, 2));
        assertThat(placeOf("tomorrow")).isEqualTo(new QueuePlace(1, 2));
    }

    @Test
    void knowsACallByItsIdAlone() {
        var first = reserved(aCall("a"));

        assertThat(admitted(aCall("a"))).isEqualTo(new Known(first));
        assertThat(admitted(aCall("a").to("+14155550199"))).isEqualTo(new Known(first));
    }

    @Test
    void keepsEqualIdsOfDifferentAccountsApart() {
        account("other", 1);

        reserved(aCall("a"));

        assertThat(admitted(aCall("a").of("other"))).isInstanceOf(Reserved.class);
    }

    @Test
    void refusesAnAccountThatDoesNotExist() {
        assertThat(admitted(aCall("a").of("nobody"))).isEqualTo(new NoSuchAccount());
    }

    @Test
    void onlyQueuesWhenNoSlotsMayBeGivenOut() {
        var own =
                stores.engine()
                        .intake()
                        .admit(new Candidate(aCall("a").build(), TestCalls.PROVIDER, NOW, null))
                        .own();

        assertThat(own).isInstanceOf(Waiting.class);
    }

    @Test
    void keepsAScheduledCallWaiting() {
        var later = NOW.plus(Duration.ofHours(1));

        Waiting waiting = (Waiting) admitted(aCall("a").notBefore(later));

        assertThat(waiting.call().dueAt()).isEqualTo(later);
    }

    @Test
    void handsOverCallsThatWaitedBefore() {
        stores.engine()
                .intake()
                .admit(new Candidate(aCall("early").build(), TestCalls.PROVIDER, NOW, null));

        Admission admission = admit(aCall("late").build());

        assertThat(admission.own()).isInstanceOf(Reserved.class);
        assertThat(admission.others()).extracting(call -> call.key()).containsExactly(key("early"));
    }

    @Test
    void recordsOneOfManyConcurrentCandidatesWithOneId() throws Exception {
        List<Future<Admission>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 64; i++) {
                all.add(threads.submit(() -> admit(aCall("same").build())));
            }
        }

        long reserved = 0;
        for (Future<Admission> one : all) {
            reserved += one.get().own() instanceof Reserved ? 1 : 0;
        }
        assertThat(reserved).isEqualTo(1);
        assertThat(found("same").orElseThrow().status()).isEqualTo(CallStatus.DIALING);
    }

    @Test
    void beginsTheTimeline() {
        reserved(aCall("a"));

        assertThat(stores.engine().calls().timeline(key("a"), 0, 10))
                .extracting(Recorded::sequence, entry -> entry.event().name())
                .containsExactly(tuple(1L, "accepted"), tuple(2L, "reserved"));
    }

    private QueuePlace placeOf(String id) {
        return stores.engine().queue().standing(key(id), NOW).orElseThrow().place();
    }
}
