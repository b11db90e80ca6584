package linekeeper.application;

import linekeeper.application.AcceptCall.Accepted;
import linekeeper.application.AcceptCall.Contradicts;
import linekeeper.application.AcceptCall.NoSuchAccount;
import linekeeper.application.AcceptCall.NumberTaken;
import linekeeper.application.AcceptCall.Replayed;
import linekeeper.application.AcceptCall.Starts;
import linekeeper.application.AcceptCall.Waits;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.DriverId;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.CallSid;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.CallType;
import linekeeper.domain.call.Grouping;
import linekeeper.domain.call.Recipient;
import linekeeper.domain.call.Routing;
import linekeeper.domain.call.Timing;
import linekeeper.domain.call.UserData;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Calls drivers under ids that are made here (C1): every one of them, each attempt under an id of its
/// own, recorded before the provider is asked (C2). Thread-safe.
///
/// The store's promise that an id is recorded once decides between attempts of the same second: whoever
/// finds the id taken tries the next one, [#MOST_TRIES] times.
public final class CallDrivers {
    /// How many attempts one driver may have in one second.
    public static final int MOST_TRIES = 100;

    private final PlaceCall placeCall;
    private final InstantSource clock;

    public CallDrivers(PlaceCall placeCall, InstantSource clock) {
        this.placeCall = placeCall;
        this.clock = clock;
    }

    /// The answers are in the order of the drivers.
    public List<Called> call(AccountId account, Routing routing, List<Wanted> drivers) {
        Round round = new Round(account, routing, clock.instant(), drivers.size());
        Map<DriverId, Integer> seen = new HashMap<>();
        List<Attempt> open = new ArrayList<>();
        for (Wanted wanted : drivers) {
            int serial = seen.merge(wanted.driver(), 1, Integer::sum);
            open.add(new Attempt(open.size(), wanted, serial));
        }
        while (!open.isEmpty()) {
            open = round.place(open);
        }
        return round.answers();
    }

    /// A driver to call.
    public record Wanted(DriverId driver, Recipient recipient, UserData userData) {}

    /// What became of one driver's call.
    public sealed interface Called {
        DriverId driver();
    }

    /// It is recorded.
    public record Placed(DriverId driver, CallId call, CallStatus status) implements Called {}

    /// The store could not answer: the call may have been recorded under this id, or not.
    public record Unsure(DriverId driver, CallId call) implements Called {}

    /// Another call is under way to the number, and the account wants no two (E4).
    public record Taken(DriverId driver, CallId other) implements Called {}

    /// The driver has had as many attempts in this second as there are ids.
    public record TooMany(DriverId driver) implements Called {}

    /// There is no account to call for.
    public record Nobody(DriverId driver) implements Called {}

    private record Attempt(int place, Wanted wanted, int serial) {
        Attempt next() {
            return new Attempt(place, wanted, serial + 1);
        }
    }

    private final class Round {
        private final AccountId account;
        private final Routing routing;
        private final Instant now;
        private final @Nullable Called[] answers;

        Round(AccountId account, Routing routing, Instant now, int drivers) {
            this.account = account;
            this.routing = routing;
            this.now = now;
            this.answers = new Called[drivers];
        }

        /// What must be tried again, under other ids.
        List<Attempt> place(List<Attempt> attempts) {
            List<CallRequest> requests = attempts.stream().map(this::request).toList();
            List<Optional<Accepted>> accepted = placeCall.startAll(requests);
            List<Attempt> again = new ArrayList<>();
            for (int i = 0; i < requests.size(); i++) {
                Attempt attempt = attempts.get(i);
                Called called = called(attempt, requests.get(i), accepted.get(i).orElse(null));
                answers[attempt.place] = called;
                if (called == null) {
                    again.add(attempt.next());
                }
            }
            return again;
        }

        /// Null: the id is taken.
        private @Nullable Called called(
                Attempt attempt, CallRequest request, @Nullable Accepted accepted) {
            DriverId driver = attempt.wanted.driver();
            CallId id = request.key().call();
            return switch (accepted) {
                case null -> new Unsure(driver, id);
                case Starts starts -> new Placed(driver, id, CallStatus.DIALING);
                case Waits waits -> new Placed(driver, id, CallStatus.QUEUED);
                case Replayed replayed -> taken(attempt);
                case Contradicts contradicts -> taken(attempt);
                case NumberTaken(CallId other) -> new Taken(driver, other);
                case NoSuchAccount() -> new Nobody(driver);
            };
        }

        private static @Nullable Called taken(Attempt attempt) {
            return attempt.serial < MOST_TRIES ? null : new TooMany(attempt.wanted.driver());
        }

        private CallRequest request(Attempt attempt) {
            Wanted wanted = attempt.wanted;
            return new CallRequest(
                    new CallKey(account, CallSid.ofAttempt(wanted.driver(), now, attempt.serial)),
                    wanted.recipient(),
                    routing,
                    new Grouping(null, wanted.driver()),
                    Timing.ANY,
                    CallType.DIRECT.defaultPriority(),
                    1,
                    wanted.userData());
        }

        List<Called> answers() {
            List<Called> all = new ArrayList<>();
            for (Called answer : answers) {
                if (answer != null) {
                    all.add(answer);
                }
            }
            return all;
        }
    }
}
