package linekeeper.persistence;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.PROVIDER;
import static linekeeper.application.contract.TestCalls.aCall;
import static linekeeper.application.contract.TestCalls.ending;
import static linekeeper.application.contract.TestCalls.execution;
import static linekeeper.application.contract.TestCalls.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import linekeeper.application.ImportCalls;
import linekeeper.application.port.Calls.Recorded;
import linekeeper.application.port.Change;
import linekeeper.application.port.PastCalls.Added;
import linekeeper.application.port.PastCalls.PastCall;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.ConversationId;
import linekeeper.domain.DriverId;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.AcceptedCall;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.CallSid;
import linekeeper.domain.call.CallType;
import linekeeper.domain.call.Direction;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.Failure;
import linekeeper.domain.call.Grouping;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.Recipient;
import linekeeper.domain.call.Routing;
import linekeeper.domain.call.Span;
import linekeeper.domain.call.TimelineEvent;
import linekeeper.domain.call.Timing;
import linekeeper.domain.call.UnboundCall;
import linekeeper.domain.call.UserData;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Records of past calls come in as often as one likes, and go again (C6).
final class PastCallsTest {
    private static final AccountId ACCOUNT = AccountId.DEFAULT;
    private final TwoNodes nodes = new TwoNodes(Limits.of(10, 2));
    private final ImportCalls importCalls =
            new ImportCalls(new PostgresPastCalls(nodes.database()), () -> NOW);

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void recordsAnEndedCallAsItWas() {
        EndedCall call = ended(new CallId("call-1"), "7", "x");
        assertThat(add("i", new PastCall(call, "f".repeat(32), true))).containsExactly(Added.ADDED);
        assertThat(nodes.node(0).calls().find(call.key())).contains(call);
        assertThat(nodes.node(0).calls().timeline(call.key(), 0, 10))
                .extracting(Recorded::sequence, line -> line.event().name())
                .containsExactly(tuple(1L, "imported"));
        assertThat(nodes.count("notices")).isZero();
        assertThat(nodes.count("jobs")).isZero();
    }

    @Test
    void addsNothingTheSecondTime() {
        List<PastCall> file = file(500);
        assertThat(importCalls.add("first", file)).containsOnly(Added.ADDED);
        assertThat(importCalls.add("second", file)).containsOnly(Added.KNOWN);
        assertThat(nodes.count("calls")).isEqualTo(500);
        assertThat(nodes.count("imported_calls WHERE import_id = 'second'")).isZero();
    }

    @Test
    void tellsRecordsOfOneDriverAndSecondApartWhereverTheyStand() {
        PastCall a = unnamed("7", "aaaaaaaa");
        PastCall b = unnamed("7", "bbbbbbbb");
        assertThat(add("i", a, b, a)).containsExactly(Added.ADDED, Added.ADDED, Added.KNOWN);
        String plain = a.call().key().call().value();
        assertThat(nodes.count("calls WHERE call_id = '" + plain + "'")).isEqualTo(1);
        assertThat(nodes.count("calls WHERE call_id = '" + plain + "_bbbbbbbb'")).isEqualTo(1);
        assertThat(add("again", b, a)).containsExactly(Added.KNOWN, Added.KNOWN);
        assertThat(add("half", b)).containsExactly(Added.KNOWN);
    }

    @Test
    void goesOnWhereAnImportWasKilled() {
        List<PastCall> file = new ArrayList<>(file(300));
        for (int i = 0; i < 300; i++) {
            file.add(unnamed("d" + i % 50, "%08x".formatted(i)));
        }
        importCalls.add("killed", file.subList(0, 350));
        Collections.shuffle(file, new Random(7));
        List<Added> again = importCalls.add("again", file);
        assertThat(again.stream().filter(one -> one == Added.ADDED)).hasSize(250);
        assertThat(nodes.count("calls")).isEqualTo(600);
        assertThat(importCalls.add("third", file)).containsOnly(Added.KNOWN);
    }

    @Test
    void leavesCallsOfTheServiceAlone() {
        nodes.admit(0, aCall("mine"), true);
        PastCall same = new PastCall(ended(new CallId("mine"), "7", null), "f".repeat(32), true);
        assertThat(add("i", same)).containsExactly(Added.KNOWN);
        assertThat(nodes.count("active_calls")).isEqualTo(1);
        assertThat(importCalls.undo(ACCOUNT, "i", gone -> {})).isZero();
    }

    @Test
    void refusesOneIdWithTwoContents() {
        PastCall first = new PastCall(ended(new CallId("a"), "7", null), "a".repeat(32), true);
        PastCall second = new PastCall(ended(new CallId("a"), "8", null), "b".repeat(32), true);
        assertThat(add("i", first, second)).containsExactly(Added.ADDED, Added.ID_TAKEN);
        assertThat(add("j", second, first)).containsExactly(Added.ID_TAKEN, Added.KNOWN);
    }

    @Test
    void refusesAnExecutionThatAnotherCallHas() {
        PastCall first = new PastCall(ended(new CallId("a"), "7", "x"), "a".repeat(32), true);
        PastCall second = new PastCall(ended(new CallId("b"), "7", "x"), "b".repeat(32), true);
        PastCall third = new PastCall(ended(new CallId("c"), "7", "y"), "c".repeat(32), true);
        assertThat(add("i", first, second, third))
                .containsExactly(Added.ADDED, Added.EXECUTION_TAKEN, Added.ADDED);
        assertThat(nodes.count("calls")).isEqualTo(2);
        assertThat(nodes.count("call_ends")).isEqualTo(2);
        assertThat(nodes.count("imported_calls")).isEqualTo(2);
        assertThat(nodes.node(0).calls().find(second.call().key())).isEmpty();
    }

    /// Otherwise that call could not end: an execution is one call's.
    @Test
    void refusesTheExecutionOfALiveCall() {
        nodes.admit(0, aCall("mine"), true);
        nodes.node(0).calls().change(key("mine"), call -> bound((UnboundCall) call.orElseThrow()));

        PastCall same = new PastCall(ended(new CallId("a"), "7", "x"), "a".repeat(32), true);

        assertThat(add("i", same)).containsExactly(Added.EXECUTION_TAKEN);
        nodes.node(0).calls().change(key("mine"), ending());
        assertThat(Promises.broken(nodes.database())).isEmpty();
    }

    @Test
    void letsSeveralImportTheSameAtOnce() throws Exception {
        List<PastCall> file = new ArrayList<>(file(200));
        for (int i = 0; i < 100; i++) {
            file.add(unnamed("d" + i % 10, "%08x".formatted(i)));
        }
        List<Future<List<Added>>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                List<PastCall> mine = new ArrayList<>(file);
                Collections.shuffle(mine, new Random(i));
                String id = "i" + i;
                all.add(threads.submit(() -> importCalls.add(id, mine)));
            }
        }
        long added = 0;
        for (Future<List<Added>> one : all) {
            added += one.get().stream().filter(answer -> answer == Added.ADDED).count();
        }
        assertThat(added).isEqualTo(300);
        assertThat(nodes.count("calls")).isEqualTo(300);
        assertThat(importCalls.add("again", file)).containsOnly(Added.KNOWN);
    }

    @Test
    void takesAnImportBack() {
        importCalls.add("bad", file(1_000));
        PastCall good = unnamed("good", "cccccccc");
        add("good", good);
        nodes.database()
                .update(
                        Sql.of(
                                """
                                INSERT INTO call_transcripts (account_id, conversation_id, sequence,
                                                              role, message, at)
                                VALUES ('default', 'conv-ex-1', 1, 'agent', 'hello', now())
                                """));
        assertThat(importCalls.undo(ACCOUNT, "bad", gone -> {})).isEqualTo(1_000);
        assertThat(nodes.count("calls")).isEqualTo(1);
        assertThat(nodes.count("call_ends")).isEqualTo(1);
        assertThat(nodes.count("call_events")).isEqualTo(1);
        assertThat(nodes.count("conversations")).isZero();
        assertThat(nodes.count("imported_calls")).isEqualTo(1);
        assertThat(importCalls.undo(new AccountId("other"), "good", gone -> {})).isZero();
        assertThat(importCalls.add("bad again", file(1_000))).containsOnly(Added.ADDED);
    }

    private static Change<Boolean> bound(UnboundCall call) {
        return Change.to(
                call.bind(execution("x"), null, NOW), TimelineEvent.of(NOW, "bound"), true);
    }

    private List<Added> add(String id, PastCall... calls) {
        return importCalls.add(id, List.of(calls));
    }

    private static List<PastCall> file(int calls) {
        List<PastCall> file = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            EndedCall call = ended(new CallId("call-" + i), "d" + i % 10, "ex-" + i);
            file.add(new PastCall(call, "%032x".formatted(i), true));
        }
        return file;
    }

    private static PastCall unnamed(String driver, String fingerprint) {
        CallId id = CallSid.ofRecord(new DriverId(driver), NOW.minusSeconds(100));
        return new PastCall(ended(id, driver, null), fingerprint, false);
    }

    private static EndedCall ended(CallId id, String driver, @Nullable String execution) {
        CallRequest request =
                new CallRequest(
                        new CallKey(ACCOUNT, id),
                        new Recipient(new PhoneNumber("+14155550100"), null, "Zoë"),
                        Routing.DEFAULT,
                        new Grouping(null, new DriverId(driver)),
                        Timing.ANY,
                        CallType.DIRECT.defaultPriority(),
                        1,
                        UserData.EMPTY);
        ConversationId conversation =
                execution == null ? null : new ConversationId("conv-" + execution);
        return new EndedCall(
                new AcceptedCall(request, PROVIDER, NOW.minusSeconds(100), Direction.INBOUND),
                1,
                new Outcome.Failed(new Failure("IMPORTED_UNFINISHED", "The record has no end")),
                CallFacts.NONE.withConversation(conversation),
                new Span(NOW.minusSeconds(90), NOW.minusSeconds(10)),
                execution == null ? null : new ExecutionId(PROVIDER, execution));
    }
}
