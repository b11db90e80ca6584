package linekeeper.application.port;

import linekeeper.domain.CallId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.ReservedCall;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where calls come in.
public interface Intake {
    /// Records a call under its id and, in the same commit, queues it and gives its account's free
    /// slots to the calls that are next. Of any number of concurrent candidates with one id exactly
    /// one is recorded (A4).
    ///
    /// @throws StoreUnavailable the candidate may have been recorded or not; repeating it is safe
    Admission admit(Candidate candidate);

    /// Admits many, as [#admit] does each, in as few commits as that takes; the answers are in the
    /// order of the candidates.
    ///
    /// @return empty: the store could not answer for this one, it may have been recorded or not
    default List<Optional<Admission>> admitAll(List<Candidate> candidates) {
        return candidates.stream().map(this::tryToAdmit).toList();
    }

    private Optional<Admission> tryToAdmit(Candidate candidate) {
        try {
            return Optional.of(admit(candidate));
        } catch (StoreUnavailable e) {
            return Optional.empty();
        }
    }

    /// A call that asks to come in.
    ///
    /// @param provider who dials it if neither its agent nor its account names anybody
    /// @param claim what may be claimed with it; null: it is only queued, for this node gives out no
    ///     more slots
    record Candidate(
            CallRequest request, ProviderName provider, Instant now, @Nullable ClaimTerms claim) {}

    /// @param others calls that waited before and got their slots in this commit; the caller must
    ///     have them dialed
    /// @param passedOver as in [Slots.Claim]
    record Admission(Admitted own, List<ReservedCall> others, int passedOver) {
        public Admission {
            others = List.copyOf(others);
        }

        /// In the right order.
        public Admission(Admitted own, List<ReservedCall> others) {
            this(own, others, 0);
        }

        /// Every call that got its slot in this commit.
        public List<ReservedCall> reserved() {
            return own instanceof Reserved(ReservedCall call)
                    ? Stream.concat(Stream.of(call), others.stream()).toList()
                    : others;
        }
    }

    /// What became of the candidate.
    sealed interface Admitted {}

    /// It is new and has a slot; the caller must dial it.
    record Reserved(ReservedCall call) implements Admitted {}

    /// It is new and waits.
    ///
    /// @param standing as it is once the call can be seen: if its account has no slot free by then, whoever
    ///     frees the next one finds the call
    record Waiting(QueuedCall call, Standing standing) implements Admitted {}

    /// Its id was there before.
    record Known(Call call) implements Admitted {}

    /// Its account wants no two calls to one number at a time, and `other` is under way to this one
    /// ([linekeeper.domain.queue.NumberInUse]).
    record NumberTaken(CallId other) implements Admitted {}

    /// There is no such account.
    record NoSuchAccount() implements Admitted {}
}
