package linekeeper.application.contract;

import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Slots.Claim;
import linekeeper.application.port.Succession;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.ReservedCall;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Remembers what it was asked and told. Not thread-safe.
public final class TestSuccession implements Succession {
    private final @Nullable ClaimTerms terms;
    private final List<LiveCall> freed = new ArrayList<>();
    private final List<ReservedCall> given = new ArrayList<>();
    private @Nullable Claim claim;
    private int asked;
    private int told;

    /// @param terms null: nothing is given out
    public TestSuccession(@Nullable ClaimTerms terms) {
        this.terms = terms;
    }

    /// As many as there are slots, now.
    public static TestSuccession ofAny() {
        return new TestSuccession(ClaimTerms.of(500, () -> TestCalls.NOW));
    }

    @Override
    public @Nullable ClaimTerms terms() {
        asked++;
        return terms;
    }

    @Override
    public void over(List<LiveCall> calls, @Nullable Claim made) {
        told++;
        freed.addAll(calls);
        claim = made;
        if (made != null) {
            given.addAll(made.calls());
        }
    }

    public int asked() {
        return asked;
    }

    public int told() {
        return told;
    }

    public List<LiveCall> freed() {
        return freed;
    }

    public List<ReservedCall> given() {
        return given;
    }

    /// Null: there was none, or it failed.
    public @Nullable Claim claim() {
        return claim;
    }

    /// Of the calls that were given slots.
    public List<String> ids() {
        return given.stream().map(call -> call.key().call().value()).toList();
    }
}
