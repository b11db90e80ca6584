package linekeeper.application;

import linekeeper.application.port.CallObserver;
import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Dialing;
import linekeeper.application.port.Intake;
import linekeeper.application.port.Intake.Admission;
import linekeeper.application.port.Intake.Candidate;
import linekeeper.application.port.ProviderRoom;
import linekeeper.application.port.Wake;
import linekeeper.domain.CallId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.queue.Occupancy.Scope;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes a call in under the backend's own id: new, a repetition, or a contradiction (A1, A4). A new
/// one gets a slot at once if one is free for it, else it waits. Nothing is dialed here. Thread-safe.
public final class AcceptCall {
    private static final int MOST_CLAIMED = 500;

    private final Intake intake;
    private final DispatchGate gate;
    private final Breakers breakers;
    private final Wake wake;
    private final Dialing dialing;
    private final CallObserver observer;
    private final WaitForecast forecast;
    private final ProviderName defaultProvider;
    private final InstantSource clock;

    public AcceptCall(
            Intake intake,
            DispatchGate gate,
            Breakers breakers,
            Wake wake,
            Dialing dialing,
            CallObserver observer,
            WaitForecast forecast,
            ProviderName defaultProvider,
            InstantSource clock) {
        this.intake = intake;
        this.gate = gate;
        this.breakers = breakers;
        this.wake = wake;
        this.dialing = dialing;
        this.observer = observer;
        this.forecast = forecast;
        this.defaultProvider = defaultProvider;
        this.clock = clock;
    }

    /// Durable on return. A reserved call is the caller's to dial.
    ///
    /// @throws linekeeper.application.port.StoreUnavailable repeat it under the same id
    public Accepted accept(CallRequest request) {
        Instant now = clock.instant();
        return answer(request, admit(request, now), now);
    }

    /// Accepts many of one account, as [#accept] does each; the answers are in the order of the
    /// requests.
    ///
    /// @return empty: the store could not answer for this one, it may have been accepted or not
    public List<Optional<Accepted>> acceptAll(List<CallRequest> requests) {
        Instant now = clock.instant();
        List<Optional<Admission>> admissions = admitAll(requests, now);
        List<Optional<Accepted>> answers = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            CallRequest request = requests.get(i);
            answers.add(admissions.get(i).map(admission -> answer(request, admission, now)));
        }
        wake.dispatch(requests.getFirst().key().account());
        return answers;
    }

    private Accepted answer(CallRequest request, Admission admission, Instant now) {
        if (admission.passedOver() > 0) {
            observer.passedOver(admission.passedOver());
        }
        for (ReservedCall other : admission.others()) {
            observer.reserved(other);
            dialing.submit(other);
        }
        return switch (admission.own()) {
            case Intake.Reserved(ReservedCall call) -> reserved(call);
            case Intake.Waiting waiting -> waits(waiting, now);
            case Intake.Known(Call call) -> known(request, call, now);
            case Intake.NumberTaken(CallId other) -> new NumberTaken(other);
            case Intake.NoSuchAccount() -> new NoSuchAccount();
        };
    }

    private Admission admit(CallRequest request, Instant now) {
        if (!gate.isOpen()) {
            return intake.admit(new Candidate(request, defaultProvider, now, null));
        }
        ProviderRoom room = breakers.room(now);
        List<ReservedCall> given = List.of();
        try {
            ClaimTerms terms = new ClaimTerms(MOST_CLAIMED, room, clock);
            Admission admission = intake.admit(new Candidate(request, defaultProvider, now, terms));
            given = admission.reserved();
            return admission;
        } finally {
            breakers.given(room, given, now);
        }
    }

    /// The first one brings the claim for all: what it leaves waiting is the dispatcher's, so that no
    /// provider is given more than its room.
    private List<Optional<Admission>> admitAll(List<CallRequest> requests, Instant now) {
        ProviderRoom room = breakers.room(now);
        ClaimTerms terms = gate.isOpen() ? new ClaimTerms(MOST_CLAIMED, room, clock) : null;
        List<Candidate> candidates = new ArrayList<>();
        for (CallRequest request : requests) {
            ClaimTerms claim = candidates.isEmpty() ? terms : null;
            candidates.add(new Candidate(request, defaultProvider, now, claim));
        }
        List<ReservedCall> given = new ArrayList<>();
        try {
            List<Optional<Admission>> admissions = intake.admitAll(candidates);
            admissions.forEach(one -> one.ifPresent(it -> given.addAll(it.reserved())));
            return admissions;
        } finally {
            breakers.given(room, given, now);
        }
    }

    /// A slot may have come free while the call was written, and whoever freed it seen nobody waiting;
    /// but if none was free after that, whoever frees the next one sees this call. Only a pace that was
    /// just used up can be shorter than the dispatcher's poll.
    private Accepted waits(Intake.Waiting waiting, Instant now) {
        if (!waiting.standing().occupancy().isFull(Scope.ACCOUNT)) {
            wake.dispatch(waiting.call().key().account());
        }
        Instant token = waiting.standing().brakes().token();
        if (token != null) {
            wake.dispatchAt(token);
        }
        return new Waits(forecast.of(waiting.call(), waiting.standing(), now));
    }

    private Accepted reserved(ReservedCall call) {
        observer.reserved(call);
        return new Starts(call);
    }

    private Accepted known(CallRequest request, Call call, Instant now) {
        List<String> differing = call.accepted().request().differencesFrom(request);
        return differing.isEmpty()
                ? new Replayed(call, forecast.of(call, now))
                : new Contradicts(call, differing);
    }

    /// What became of the request.
    public sealed interface Accepted {}

    /// New, and it has a slot.
    public record Starts(ReservedCall call) implements Accepted {}

    /// New, and it waits.
    public record Waits(WaitForecast.Forecast forecast) implements Accepted {}

    /// The same call was accepted before.
    ///
    /// @param forecast present while it waits
    public record Replayed(Call call, Optional<WaitForecast.Forecast> forecast)
            implements Accepted {}

    /// Another call was accepted before under this id.
    ///
    /// @param fields in which they differ, as the public API names them
    public record Contradicts(Call call, List<String> fields) implements Accepted {}

    /// Another call of its account is under way to its number, and the account wants no two (E4).
    public record NumberTaken(CallId other) implements Accepted {}

    /// There is no account to accept it for.
    public record NoSuchAccount() implements Accepted {}
}
