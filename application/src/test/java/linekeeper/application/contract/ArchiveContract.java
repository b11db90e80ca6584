package linekeeper.application.contract;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.aCall;
import static linekeeper.application.contract.TestCalls.execution;
import static linekeeper.application.contract.TestCalls.key;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.ArchiveCalls;
import linekeeper.application.port.CallArchive.Place;
import linekeeper.application.port.CallArchive.Step;
import linekeeper.application.port.CallFilter;
import linekeeper.application.port.Calls.Hiding;
import linekeeper.application.port.Calls.LateReport;
import linekeeper.application.port.Calls.Recorded;
import linekeeper.application.port.Change;
import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Intake.Known;
import linekeeper.application.port.Job;
import linekeeper.application.port.PageRequest;
import linekeeper.application.port.Slots.EveryAccount;
import linekeeper.application.port.Transcripts.Conversation;
import linekeeper.application.port.Transcripts.Line;
import linekeeper.application.port.Transcripts.NoSuchCall;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CampaignId;
import linekeeper.domain.ConversationId;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.account.Account;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.Spoken;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Old calls go out of the way, and nobody who knows their ids notices (A4, C9).
public abstract class ArchiveContract extends StoresContract {
    private static final Instant LATER = NOW.plusSeconds(1);
    private static final Spoken HELLO = new Spoken("agent", "Hello – “you”", NOW.minusNanos(1_000));
    private static final Spoken WHO = new Spoken("user", "Who is it?", null);

    @Test
    void findsAnArchivedCallAsItWas() {
        EndedCall call = ended("old");

        assertThat(archive(LATER).archived()).isEqualTo(1);

        assertThat(found("old")).contains(call);
        assertThat(stores.engine().calls().keyOf(execution("x-old"))).contains(key("old"));
        assertThat(stores.engine().calls().isHidden(key("old"))).isFalse();
        assertThat(timeline("old")).contains("accepted", "bound", "ended");
        assertThat(archive(LATER)).isEqualTo(new Step(0, null));
    }

    @Test
    void neverTakesAnArchivedIdForANewOne() {
        EndedCall call = ended("old");
        archive(LATER);

        assertThat(admitted(aCall("old"))).isEqualTo(new Known(call));
        assertThat(admitted(aCall("old").to("+4930123456"))).isEqualTo(new Known(call));
        assertThat(stores.engine().slots().held(AccountId.DEFAULT, 10)).isEmpty();
        assertThat(timeline("old").stream().filter("accepted"::equals)).hasSize(1);
    }

    @Test
    void knowsARepetitionAlsoWhereOneCallPerNumberIsWanted() {
        EndedCall call = ended("old");
        archive(LATER);
        stores.accounts().update(AccountId.DEFAULT, Account::withDeduplicatedNumbers);
        reserved(aCall("new"));

        assertThat(admitted(aCall("old"))).isEqualTo(new Known(call));
    }

    @Test
    void leavesWhatIsYoungOrNotOver() {
        ended("young");
        bind(reserved(aCall("live")), "x-live");
        reserved(aCall("dialing"));
        admitted(aCall("waiting"));
        giveUpNotices();

        assertThat(archive(NOW).archived()).isZero();
        assertThat(archive(LATER).archived()).isEqualTo(1);
        assertThat(listed()).containsExactlyInAnyOrder("live", "dialing", "waiting");
    }

    @Test
    void leavesAnAttemptThatOthersFollow() {
        Call call = bind(reserved(aCall("again").attempts(2)), "x-1");
        QueuedCall next =
                again((ActiveCall) call, new Outcome.Busy(), CallFacts.NONE, NOW.plusSeconds(9));
        giveUpNotices();

        assertThat(archive(NOW.plus(Duration.ofDays(9))).archived()).isZero();
        assertThat(found("again")).contains(next);
    }

    @Test
    void leavesACallUntilItsEndIsToldAndAJobOfItDone() {
        stores.refuseLeadsOf(Set.of(new PhoneNumber("+14155550100")));
        end(bind(reserved(aCall("a").to("+14155550100")), "x-a"));

        assertThat(archive(LATER).archived()).isZero();
        giveUpNotices();
        assertThat(archive(LATER).archived()).isZero();
        buryJobs();
        assertThat(archive(LATER).archived()).isEqualTo(1);
    }

    @Test
    void keepsWhatWasSaid() {
        say("old", HELLO);
        say("old", WHO);
        endNow("old");
        archive(LATER);

        assertThat(stores.engine().transcripts().of(key("old"), 0, 10))
                .containsExactly(new Line(1, HELLO), new Line(2, WHO));
        assertThat(stores.engine().transcripts().of(key("old"), 1, 1))
                .containsExactly(new Line(2, WHO));
        assertThat(stores.engine().transcripts().of(key("old"), 2, 10)).isEmpty();
        assertThat(stores.engine().transcripts().append(at("old"), WHO))
                .isEqualTo(new NoSuchCall());
        assertThat(stores.engine().transcripts().replace(at("old"), List.of(WHO), true))
                .isEqualTo(new NoSuchCall());
    }

    @Test
    void takesLateFactsAndHidesCallsThatAreArchived() {
        EndedCall call = ended("old");
        archive(LATER);
        CallFacts late = new CallFacts(null, null, null, null, null, "https://example.org/a.mp3");
        EndedCall amended = call.amend(late).orElseThrow();

        change(call, amended, "facts_added");

        assertThat(found("old")).contains(amended);
        assertThat(timeline("old")).endsWith("ended", "facts_added");
        assertThat(stores.engine().calls().hide(key("old"), NOW)).isEqualTo(Hiding.HIDDEN);
        assertThat(stores.engine().calls().hide(key("old"), NOW)).isEqualTo(Hiding.HIDDEN);
        assertThat(stores.engine().calls().isHidden(key("old"))).isTrue();
        assertThat(timeline("old")).endsWith("facts_added", "deleted");
    }

    @Test
    void letsADecisionThatChangesNothingLookAtAnArchivedCall() {
        EndedCall call = ended("old");
        archive(LATER);

        Call seen =
                stores.engine()
                        .calls()
                        .change(key("old"), current -> Change.none(current.orElseThrow()));

        assertThat(seen).isEqualTo(call);
    }

    @Test
    void archivesEarlierAttemptsWithTheirCall() {
        ActiveCall first = bind(reserved(aCall("twice").attempts(2)), "x-1");
        again(first, new Outcome.Busy(), CallFacts.NONE, NOW);
        bind(claim(), "x-twice");
        endNow("twice");
        archive(LATER);

        assertThat(found("twice").orElseThrow().attempt()).isEqualTo(2);
        assertThat(stores.engine().calls().earlierAttempt(execution("x-1"))).isEmpty();
        LateReport late = new LateReport(key("twice"), 1, execution("x-1"), CallFacts.NONE, NOW);
        assertThat(stores.engine().calls().amendEarlier(late)).isFalse();
    }

    @Test
    void listsAnArchivedCallNoMoreAndCountsItStill() {
        bind(reserved(aCall("old").ofCampaign("autumn")), "x-old");
        endNow("old");
        archive(LATER);
        reserved(aCall("new").ofCampaign("autumn"));

        assertThat(listed()).containsExactly("new");
        assertThat(stores.engine().calls().withId(new CallId("old"), 2)).isEmpty();
        assertThat(stores.campaigns().counts(AccountId.DEFAULT, new CampaignId("autumn")))
                .containsEntry(CallStatus.COMPLETED, 1)
                .containsEntry(CallStatus.DIALING, 1);
    }

    @Test
    void walksThroughAllAccountsPastWhatMustStay() {
        for (String account : List.of("a1", "a2")) {
            stores.accounts().create(Account.named(new AccountId(account)).withConcurrencyLimit(5));
        }
        end(reserved(aCall("a").of("a1")));
        end(reserved(aCall("b").of("a1")));
        end(reserved(aCall("c").of("a2")));
        giveUpNotices();
        end(reserved(aCall("pending").of("a1")));
        end(reserved(aCall("zzz").of("a2")));

        List<Integer> archived = new ArrayList<>();
        Step step = stores.archive().step(null, LATER, 1);
        while (step.next() != null) {
            archived.add(step.archived());
            assertThat(archived).hasSizeLessThan(9);
            step = stores.archive().step(step.next(), LATER, 1);
        }

        assertThat(archived).hasSize(5);
        assertThat(archived.stream().mapToInt(Integer::intValue).sum()).isEqualTo(3);
        assertThat(stores.archive().step(null, LATER, 10).archived()).isZero();
    }

    @Test
    void goesOnWhereTheLastBatchEnded() {
        ended("a");
        ended("b");
        ArchiveCalls archiveCalls = new ArchiveCalls(stores.archive(), Duration.ofDays(30));
        Instant soon = NOW.plus(Duration.ofDays(30));

        assertThat(archiveCalls.runOnce(soon)).isEqualTo(new ArchiveCalls.Round(0, false));
        assertThat(archiveCalls.runOnce(soon.plusSeconds(1)))
                .isEqualTo(new ArchiveCalls.Round(2, true));
        assertThat(archiveCalls.runOnce(soon.plusSeconds(1)))
                .isEqualTo(new ArchiveCalls.Round(0, false));
    }

    private Step archive(Instant before) {
        return archive(null, before);
    }

    private Step archive(@Nullable Place after, Instant before) {
        return stores.archive().step(after, before, 100);
    }

    /// Over, told and done with.
    private EndedCall ended(String id) {
        ActiveCall bound =
                reserved(aCall(id))
                        .bind(execution("x-" + id), new ConversationId("conv-" + id), NOW);
        change(bound, bound, "bound");
        return endNow(id);
    }

    private EndedCall endNow(String id) {
        EndedCall ended = end((ActiveCall) found(id).orElseThrow());
        giveUpNotices();
        return ended;
    }

    private ReservedCall claim() {
        return stores.engine()
                .slots()
                .claim(new EveryAccount(), ClaimTerms.of(1, () -> NOW))
                .calls()
                .getFirst();
    }

    private void say(String id, Spoken line) {
        if (found(id).isEmpty()) {
            bind(reserved(aCall(id)), "x-" + id);
        }
        stores.engine().transcripts().append(at(id), line);
    }

    private static Conversation at(String id) {
        return new Conversation(key(id), 1, new ConversationId("said-" + id));
    }

    private void giveUpNotices() {
        stores.notices().giveUp(LATER, "nobody asked", 100);
    }

    private void buryJobs() {
        for (Job job : stores.jobs().take(Job.Kind.LEAD, NOW, LATER, 100)) {
            stores.jobs().bury(job, "enough");
        }
    }

    private List<String> listed() {
        return stores
                .engine()
                .calls()
                .list(AccountId.DEFAULT, CallFilter.ANY, new PageRequest(50, null))
                .calls()
                .stream()
                .map(call -> call.key().call().value())
                .toList();
    }

    private List<String> timeline(String id) {
        return stores.engine().calls().timeline(key(id), 0, 100).stream()
                .map(Recorded::event)
                .map(event -> event.name())
                .toList();
    }
}
