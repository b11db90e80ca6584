package linekeeper.application.contract;

import linekeeper.application.port.Change;
import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Intake.Admission;
import linekeeper.application.port.Intake.Admitted;
import linekeeper.application.port.Intake.Candidate;
import linekeeper.application.port.Intake.Reserved;
import linekeeper.domain.AccountId;
import linekeeper.domain.account.Account;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.TimelineEvent;
import linekeeper.domain.call.UnboundCall;

import org.junit.jupiter.api.BeforeEach;

import java.time.Instant;
import java.util.Optional;

/// What the suites of every store adapter have in common. An adapter's test extends each suite and says
/// how its stores are made.
public abstract class StoresContract {
    protected static final Limits LIMITS = Limits.of(5, 2);

    protected Stores stores;

    /// Fresh, empty stores under [#LIMITS].
    protected abstract Stores freshStores(Limits limits);

    @BeforeEach
    void openStores() {
        stores = freshStores(LIMITS);
    }

    protected Admission admit(CallRequest request) {
        return stores.engine()
                .intake()
                .admit(
                        new Candidate(
                                request,
                                TestCalls.PROVIDER,
                                TestCalls.NOW,
                                ClaimTerms.of(500, () -> TestCalls.NOW)));
    }

    protected Admitted admitted(TestCalls call) {
        return admit(call.build()).own();
    }

    protected ReservedCall reserved(TestCalls call) {
        return ((Reserved) admitted(call)).call();
    }

    protected void account(String id, int limit) {
        stores.accounts().create(Account.named(new AccountId(id)).withConcurrencyLimit(limit));
    }

    protected Optional<Call> found(String id) {
        return stores.engine().calls().find(TestCalls.key(id));
    }

    protected ActiveCall bind(UnboundCall call, String execution) {
        ActiveCall bound = call.bind(TestCalls.execution(execution), null, TestCalls.NOW);
        change(call, bound, "bound");
        return bound;
    }

    protected EndedCall end(LiveCall call) {
        EndedCall ended = call.end(new Outcome.Completed(), CallFacts.NONE, TestCalls.NOW);
        change(call, ended, "ended");
        return ended;
    }

    /// The attempt ends with `outcome`, and the call waits for the next until `dueAt`.
    protected QueuedCall again(LiveCall call, Outcome outcome, CallFacts facts, Instant dueAt) {
        QueuedCall next = call.again(dueAt);
        EndedCall ended = call.end(outcome, facts, TestCalls.NOW);
        TimelineEvent event = TimelineEvent.of(TestCalls.NOW, "attempt_ended");
        stores.engine()
                .calls()
                .change(call.key(), current -> Change.again(ended, next, event, true));
        return next;
    }

    protected void change(Call call, Call next, String event) {
        stores.engine()
                .calls()
                .change(
                        call.key(),
                        current -> Change.to(next, TimelineEvent.of(TestCalls.NOW, event), true));
    }
}
