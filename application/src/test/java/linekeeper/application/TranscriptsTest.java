package linekeeper.application;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.aCall;
import static linekeeper.application.contract.TestCalls.execution;
import static linekeeper.application.contract.TestCalls.key;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.RecordLine.NeverConversed;
import linekeeper.application.RecordLine.NoSuchCall;
import linekeeper.application.RecordLine.Taken;
import linekeeper.application.port.Change;
import linekeeper.application.port.DialResult;
import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.ExecutionReport.Echo;
import linekeeper.application.port.ExecutionReport.Over;
import linekeeper.application.port.ExecutionReport.Reached;
import linekeeper.application.port.ExecutionReport.Stage;
import linekeeper.application.port.Transcripts.Line;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.ConversationId;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Account;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.Failure;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.Progress;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.Spoken;
import linekeeper.domain.call.TimelineEvent;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.List;

/// Transcripts on their two ways in: with a provider's report, and line by line (C3 to C5, H3).
final class TranscriptsTest {
    private static final Spoken HELLO = new Spoken("agent", "Hello", NOW);
    private static final Spoken WHO = new Spoken("user", "Who is it?", NOW);
    private static final Stage COMPLETED = new Over(new Outcome.Completed());

    private final TestEngine engine = new TestEngine();

    @Test
    void isThereWhenTheCallEnds() {
        engine.dialed(aCall("a"));

        engine.webhook(told(COMPLETED, echo(1)));

        assertThat(engine.call("a").status()).isEqualTo(CallStatus.COMPLETED);
        assertThat(said("a")).containsExactly(HELLO, WHO);
    }

    @Test
    void bindsAndEndsACallWhoseWholeStoryComesInOneReport() {
        engine.provider.dials.add(new DialResult.Unknown("time-out"));
        engine.dialed(aCall("a"));

        engine.webhook(told(COMPLETED, echo(1)));

        assertThat(engine.call("a").status()).isEqualTo(CallStatus.COMPLETED);
        assertThat(said("a")).containsExactly(HELLO, WHO);
    }

    @Test
    void isKeptAfterTheEndToo() {
        engine.dialed(aCall("a"));
        engine.webhook(new ExecutionReport(execution("x-a"), echo(1), COMPLETED, CallFacts.NONE));

        engine.webhook(told(COMPLETED, null));
        engine.webhook(told(COMPLETED, null));

        assertThat(said("a")).containsExactly(HELLO, WHO);
    }

    @Test
    void waitsWithAParkedReportForTheBind() {
        engine.provider.whileDialing = () -> engine.webhook(told(COMPLETED, null));

        engine.dialed(aCall("a"));

        assertThat(engine.call("a").status()).isEqualTo(CallStatus.COMPLETED);
        assertThat(said("a")).containsExactly(HELLO, WHO);
    }

    @Test
    void isNotTakenFromWhoDoesNotMeanTheCall() {
        engine.dialed(aCall("a"));
        ExecutionId foreign = new ExecutionId(new ProviderName("other"), "x-a");

        engine.webhook(told(execution("x-second"), COMPLETED, echo(1)));
        engine.webhook(told(execution("x-a"), COMPLETED, echo(2)));
        engine.webhook(told(foreign, COMPLETED, echo(1)));

        assertThat(said("a")).isEmpty();
    }

    @Test
    void letsLinesGoOnBehindWhatIsToldOnTheWay() {
        engine.provider.dials.add(
                new DialResult.Accepted(execution("x-a"), new ConversationId("conv")));
        engine.dialed(aCall("a"));

        engine.webhook(told(new Reached(Progress.ANSWERED), echo(1)));
        hear("a", HELLO);

        assertThat(said("a")).containsExactly(HELLO, WHO, HELLO);
    }

    @Test
    void belongsToTheCallAlsoIfItIsOfAnEarlierAttempt() {
        engine.dialed(aCall("a"));
        LiveCall first = (LiveCall) engine.call("a");
        QueuedCall again = first.again(NOW);
        EndedCall ended = first.end(new Outcome.Busy(), CallFacts.NONE, NOW);
        TimelineEvent event = TimelineEvent.of(NOW, "attempt_ended");
        engine.stores
                .engine()
                .calls()
                .change(key("a"), call -> Change.again(ended, again, event, true));

        engine.webhook(told(COMPLETED, echo(1)));
        engine.webhook(told(execution("x-none"), COMPLETED, echo(2)));

        assertThat(engine.call("a")).isEqualTo(again);
        assertThat(said("a")).containsExactly(HELLO, WHO);
    }

    @Test
    void keepsLinesInTheOrderTheyComeEvenBeforeTheBind() {
        engine.provider.dials.add(
                new DialResult.Accepted(execution("x-a"), new ConversationId("conv")));
        engine.provider.whileDialing = () -> assertThat(hear("a", HELLO)).isEqualTo(new Taken());

        engine.dialed(aCall("a"));
        assertThat(hear("a", WHO)).isEqualTo(new Taken());

        assertThat(said("a")).containsExactly(HELLO, WHO);
    }

    @Test
    void passesOverLinesThatComeAfterTheWhole() {
        engine.provider.dials.add(
                new DialResult.Accepted(execution("x-a"), new ConversationId("conv")));
        engine.dialed(aCall("a"));
        hear("a", WHO);

        engine.webhook(told(COMPLETED, echo(1)));

        assertThat(hear("a", WHO)).isEqualTo(new Taken());
        assertThat(said("a")).containsExactly(HELLO, WHO);
    }

    @Test
    void refusesLinesOfACallThatFailedWithoutAConversation() {
        engine.provider.dials.add(
                new DialResult.Refused(new Failure(Failure.PROVIDER_REFUSED, "no"), false));
        engine.dialed(aCall("a"));

        assertThat(hear("a", HELLO)).isEqualTo(new NeverConversed());
        assertThat(said("a")).isEmpty();
    }

    @Test
    void knowsNoCallOfAnUnknownId() {
        assertThat(hear("nobody", HELLO)).isEqualTo(new NoSuchCall());
    }

    @Test
    void asksWhoseCallItIsIfSeveralAccountsHaveOneOfTheId() {
        AccountId other = new AccountId("other");
        engine.stores.accounts().create(Account.named(other));
        engine.dialed(aCall("a"));
        engine.dialed(aCall("a").of("other"));

        assertThat(hear("a", HELLO)).isEqualTo(new RecordLine.Ambiguous());
        assertThat(engine.engine.recordLine().record(new CallKey(other, new CallId("a")), HELLO))
                .isEqualTo(new Taken());
        assertThat(said("a")).isEmpty();
    }

    private RecordLine.Recorded hear(String call, Spoken line) {
        return engine.engine.recordLine().record(new CallId(call), line);
    }

    private List<Spoken> said(String call) {
        return engine.stores.engine().transcripts().of(key(call), 0, 100).stream()
                .map(Line::spoken)
                .toList();
    }

    private static ExecutionReport told(Stage stage, @Nullable Echo echo) {
        return told(execution("x-a"), stage, echo);
    }

    private static ExecutionReport told(ExecutionId execution, Stage stage, @Nullable Echo echo) {
        return new ExecutionReport(execution, echo, stage, CallFacts.NONE, List.of(HELLO, WHO));
    }

    private static Echo echo(int attempt) {
        return new Echo(key("a"), attempt);
    }
}
