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
import java.util.Set;
import java.util.function.Predicate;

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
        Order order = new Order(account, routing, clock.instant(), drivers);
        return call(order, new Planned(order.firstIds(), false, any -> true)).orElseThrow();
    }

    /// As planned; empty: the plan may not be changed any more, and had to be.
    Optional<List<Called>> call(Order order, Planned planned) {
        Round round = new Round(order, planned);
        List<Attempt> open = round.all();
        while (!open.isEmpty()) {
            open = round.place(open);
            if (!open.isEmpty() && !planned.change(open)) {
                return Optional.empty();
            }
        }
        return Optional.of(round.answers());
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

    /// Who is to be called, and how.
    ///
    /// @param at the time that the ids tell
    record Order(AccountId account, Routing routing, Instant at, List<Wanted> drivers) {
        Order begun(Instant then) {
            return new Order(account, routing, then, drivers);
        }

        /// The ids to try first.
        List<CallId> firstIds() {
            Map<DriverId, Integer> seen = new HashMap<>();
            List<CallId> ids = new ArrayList<>();
            for (Wanted wanted : drivers) {
                int serial = seen.merge(wanted.driver(), 1, Integer::sum);
                ids.add(CallSid.ofAttempt(wanted.driver(), at, serial));
            }
            return ids;
        }

        private int serialOf(Attempt attempt) {
            int serial = 1;
            while (!CallSid.ofAttempt(attempt.wanted.driver(), at, serial).equals(attempt.id)) {
                serial++;
            }
            return serial;
        }
    }

    /// Under which ids the drivers are called. Not thread-safe.
    static final class Planned {
        private final List<CallId> ids;
        private final Set<CallId> earlier;
        private final Predicate<List<CallId>> write;

        /// @param resumed some of the ids may have been called for the same order before
        /// @param write makes other ids durable before they are called; false: they must not be
        Planned(List<CallId> ids, boolean resumed, Predicate<List<CallId>> write) {
            this.ids = new ArrayList<>(ids);
            this.earlier = resumed ? Set.copyOf(ids) : Set.of();
            this.write = write;
        }

        List<CallId> ids() {
            return List.copyOf(ids);
        }

        private boolean change(List<Attempt> others) {
            others.forEach(attempt -> ids.set(attempt.place, attempt.id));
            return write.test(ids());
        }
    }

    private record Attempt(int place, Wanted wanted, CallId id) {}

    private final class Round {
        private final Order order;
        private final Planned planned;
        private final @Nullable Called[] answers;

        Round(Order order, Planned planned) {
            this.order = order;
            this.planned = planned;
            this.answers = new Called[order.drivers.size()];
        }

        List<Attempt> all() {
            List<Attempt> all = new ArrayList<>();
            for (Wanted wanted : order.drivers) {
                all.add(new Attempt(all.size(), wanted, planned.ids.get(all.size())));
            }
            return all;
        }

        /// What must be tried again, under other ids.
        List<Attempt> place(List<Attempt> attempts) {
            List<Optional<Accepted>> accepted =
                    placeCall.startAll(attempts.stream().map(this::request).toList());
            List<Attempt> again = new ArrayList<>();
            for (int i = 0; i < attempts.size(); i++) {
                Attempt attempt = attempts.get(i);
                Called called = called(attempt, accepted.get(i).orElse(null));
                if (called == null) {
                    next(attempt).ifPresent(again::add);
                } else {
                    answers[attempt.place] = called;
                }
            }
            return again;
        }

        /// Null: the id is taken.
        private @Nullable Called called(Attempt attempt, @Nullable Accepted accepted) {
            DriverId driver = attempt.wanted.driver();
            return switch (accepted) {
                case null -> new Unsure(driver, attempt.id);
                case Starts starts -> new Placed(driver, attempt.id, CallStatus.DIALING);
                case Waits waits -> new Placed(driver, attempt.id, CallStatus.QUEUED);
                case Replayed replayed ->
                        planned.earlier.contains(attempt.id)
                                ? new Placed(driver, attempt.id, replayed.call().status())
                                : null;
                case Contradicts contradicts -> null;
                case NumberTaken(CallId other) -> new Taken(driver, other);
                case NoSuchAccount() -> new Nobody(driver);
            };
        }

        private Optional<Attempt> next(Attempt taken) {
            int serial = order.serialOf(taken) + 1;
            Wanted wanted = taken.wanted;
            if (serial > MOST_TRIES) {
                answers[taken.place] = new TooMany(wanted.driver());
                return Optional.empty();
            }
            CallId id = CallSid.ofAttempt(wanted.driver(), order.at, serial);
            return Optional.of(new Attempt(taken.place, wanted, id));
        }

        private CallRequest request(Attempt attempt) {
            Wanted wanted = attempt.wanted;
            return new CallRequest(
                    new CallKey(order.account, attempt.id),
                    wanted.recipient(),
                    order.routing,
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
