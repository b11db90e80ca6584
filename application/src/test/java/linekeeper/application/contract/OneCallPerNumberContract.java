package linekeeper.application.contract;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.PROVIDER;
import static linekeeper.application.contract.TestCalls.aCall;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Intake.Admission;
import linekeeper.application.port.Intake.Admitted;
import linekeeper.application.port.Intake.Candidate;
import linekeeper.application.port.Intake.Known;
import linekeeper.application.port.Intake.NumberTaken;
import linekeeper.application.port.Intake.Reserved;
import linekeeper.application.port.Intake.Waiting;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.account.Account;
import linekeeper.domain.call.ReservedCall;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// An account that deduplicates by number has no two calls to one number at a time (E3, E4).
public abstract class OneCallPerNumberContract extends StoresContract {
    private static final Instant LATER = NOW.plus(Duration.ofSeconds(60));

    @BeforeEach
    void deduplicate() {
        stores.accounts().update(AccountId.DEFAULT, Account::withDeduplicatedNumbers);
    }

    @Test
    void keepsTheSetting() {
        assertThat(stores.accounts().find(AccountId.DEFAULT).orElseThrow().deduplicateNumbers())
                .isTrue();
    }

    @Test
    void refusesANumberThatIsBeingDialed() {
        reserved(aCall("a"));
        assertThat(admitted(aCall("b"))).isEqualTo(taken("a"));
        assertThat(found("b")).isEmpty();
        assertThat(admitted(aCall("other").to("+14155550199"))).isInstanceOf(Reserved.class);
    }

    @Test
    void answersARepetitionAsEver() {
        ReservedCall a = reserved(aCall("a"));
        assertThat(admitted(aCall("a"))).isEqualTo(new Known(a));
    }

    @Test
    void asksOnlyAccountsThatWantIt() {
        account("many", 5);
        reserved(aCall("a").of("many"));
        assertThat(admitted(aCall("b").of("many"))).isInstanceOf(Reserved.class);
        assertThat(admitted(aCall("c"))).isInstanceOf(Reserved.class);
    }

    @Test
    void forgetsAWaitingCallAfterAMinute() {
        reserved(aCall("x").to("+14155550111"));
        reserved(aCall("y").to("+14155550112"));
        assertThat(admitted(aCall("waits"))).isInstanceOf(Waiting.class);
        assertThat(at(LATER.minusMillis(1), aCall("b"))).isEqualTo(taken("waits"));
        assertThat(at(LATER, aCall("b"))).isInstanceOf(Waiting.class);
    }

    @Test
    void forgetsACallThatIsDialedForAMinuteWithoutAnExecution() {
        reserved(aCall("a"));
        assertThat(at(LATER.minusMillis(1), aCall("b"))).isEqualTo(taken("a"));
        assertThat(at(LATER, aCall("b"))).isInstanceOf(Reserved.class);
    }

    @Test
    void countsBoundAndUnconfirmedCallsUntilTheyEnd() {
        var bound = bind(reserved(aCall("bound")), "x");
        ReservedCall lost = reserved(aCall("lost").to("+14155550111"));
        change(lost, lost.unconfirmed(NOW), "unconfirmed");
        Instant muchLater = NOW.plus(Duration.ofHours(1));
        assertThat(at(muchLater, aCall("b"))).isEqualTo(taken("bound"));
        assertThat(at(muchLater, aCall("c").to("+14155550111"))).isEqualTo(taken("lost"));
        end(bound);
        assertThat(at(muchLater, aCall("b"))).isInstanceOf(Reserved.class);
    }

    @Test
    void asksNodesThatGiveOutNoSlotsToo() {
        reserved(aCall("a"));
        var candidate = new Candidate(aCall("b").build(), PROVIDER, NOW, null);
        assertThat(stores.engine().intake().admit(candidate).own()).isEqualTo(taken("a"));
    }

    @Test
    void admitsOneOfManyToANumberInOneGo() {
        List<Candidate> many = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            many.add(candidate(NOW, aCall("c" + i).to("+1415555020" + i % 3)));
        }
        List<Optional<Admission>> answers = stores.engine().intake().admitAll(many);
        assertThat(answers).hasSize(300);
        assertThat(answers.stream().filter(one -> !isTaken(one.orElseThrow().own()))).hasSize(3);
        assertThat(answers.get(3).orElseThrow().own()).isEqualTo(taken("c0"));
    }

    @Test
    void judgesAnIdThatComesTwiceByEachOfItsNumbers() {
        reserved(aCall("a"));
        List<Candidate> both =
                List.of(candidate(NOW, aCall("b")), candidate(NOW, aCall("b").to("+14155550199")));
        var answers = stores.engine().intake().admitAll(both);
        assertThat(answers.getFirst().orElseThrow().own()).isEqualTo(taken("a"));
        assertThat(answers.getLast().orElseThrow().own()).isInstanceOf(Reserved.class);
    }

    @Test
    void admitsOneOfManyAtOnce() throws Exception {
        List<Future<Admitted>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(32)) {
            for (int i = 0; i < 96; i++) {
                TestCalls call = aCall("c" + i).to("+1415555030" + i % 3);
                all.add(threads.submit(() -> at(NOW, call)));
            }
        }
        int admitted = 0;
        for (Future<Admitted> one : all) {
            admitted += isTaken(one.get()) ? 0 : 1;
        }
        assertThat(admitted).isEqualTo(3);
    }

    private Admitted at(Instant now, TestCalls call) {
        return stores.engine().intake().admit(candidate(now, call)).own();
    }

    private static Candidate candidate(Instant now, TestCalls call) {
        return new Candidate(call.build(), PROVIDER, now, ClaimTerms.of(500, () -> now));
    }

    private static NumberTaken taken(String by) {
        return new NumberTaken(new CallId(by));
    }

    private static boolean isTaken(Admitted admitted) {
        return admitted instanceof NumberTaken;
    }
}
