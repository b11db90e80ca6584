package linekeeper.persistence;

import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Slots.Claim;
import linekeeper.domain.CallKey;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.queue.Places;
import linekeeper.domain.queue.Places.Due;
import linekeeper.domain.queue.Rate;
import linekeeper.persistence.LiveCalls.Known;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The claim: gives free slots to the calls that are next, inside the caller's transaction.
///
/// Slots are counted behind a gate that an earlier statement of the transaction has passed. One
/// statement alone would not do: it would wait at the gate and then count with the snapshot it had from
/// before, without the slots that were taken meanwhile.
final class Claims {
    private static final long NANOS_PER_MICRO = 1_000;

    private final Database database;
    private final Limits limits;
    private final Choice choice;
    private final ClaimGate gate;
    private final SlotMarks marks;
    private final QueueMarks queue;
    private final SharedLimits shared;

    Claims(Database database, Limits limits, SlotMarks marks, QueueMarks queue) {
        this(database, limits, marks, queue, Places::give);
    }

    /// With another choice, for tests of what notices a wrong one.
    Claims(Database database, Limits limits, SlotMarks marks, QueueMarks queue, Choice choice) {
        this.database = database;
        this.limits = limits;
        this.marks = marks;
        this.queue = queue;
        this.choice = choice;
        this.gate = new ClaimGate(database);
        this.shared = new SharedLimits(database, limits, marks, gate);
    }

    /// Who of the due calls gets the places.
    interface Choice {
        List<Due> of(Places places, List<Due> due);
    }

    ClaimGate gate() {
        return gate;
    }

    SlotMarks marks() {
        return marks;
    }

    /// How many slots are free. The gate must be held.
    ///
    /// @param wanted slots, of all accounts together
    Room room(Set<String> accounts, int wanted) {
        SlotMarks.Found found = marks.counting();
        Sql look =
                marks.bindWhole(bind(Sql.of(Room.LOOK), accounts))
                        .with("wanted", wanted)
                        .with("account_limit", limits.account())
                        .with("system_limit", limits.system());
        return Room.look(database, look, limits, found);
    }

    /// What a claim found, once its transaction is committed.
    void learn(Given given) {
        learn(List.of(given.found), List.of(given.seen), given.claimed);
    }

    /// @param given the calls that the transaction gave slots to
    void learn(List<SlotMarks.Found> found, List<QueueMarks.Seen> seen, List<Known> given) {
        marks.learn(found, given);
        seen.forEach(queue::learn);
    }

    SharedLimits shared() {
        return shared;
    }

    /// The accounts that have calls due and slots free, the worst served first, at most a thousand:
    /// that bounds how long others wait at the gate, which is passed if there are any. Whom this misses
    /// is served by the admission or the release that made the difference.
    List<String> waiting(Instant now) {
        return database.query(
                marks.bindOldest(Sql.of(WaitingSql.WAITING))
                        .with("gate", ClaimGate.GATE)
                        .with("account_limit", limits.account())
                        .with("now", now),
                row -> row.text("account_id"));
    }

    /// As [#waiting], of these accounts only, and without a look at when their calls are due.
    List<String> waitingAmong(List<String> accounts) {
        return database.query(
                bind(Sql.of(WaitingSql.WAITING_AMONG), accounts)
                        .with("gate", ClaimGate.GATE)
                        .with("account_limit", limits.account()),
                row -> row.text("account_id"));
    }

    /// Gives out slots and says whether a shared limit is reached. Whoever has nobody to give a slot to
    /// does not wait at the gate.
    ///
    /// @param accounts of [#waiting] or [#waitingAmong], asked by the same transaction
    Round claim(List<String> accounts, ClaimTerms terms) {
        if (accounts.isEmpty()) {
            Given nothing = Given.nothing(marks.counting(), queue.looking());
            return new Round(nothing, saturated(nothing));
        }
        Given given = give(accounts, terms);
        return new Round(given, saturated(given));
    }

    /// At most as many calls as the terms allow, per account in the order of service. The gate must be
    /// held.
    Given give(List<String> accounts, ClaimTerms terms) {
        Instant now = terms.clock().instant();
        ClaimLanes lanes = new ClaimLanes(limits, terms.most(), now);
        SlotMarks.Found found = marks.counting();
        QueueMarks.Seen seen = queue.looking();
        database.query(
                candidates(accounts, terms, now),
                row -> {
                    found.add(row);
                    seen.add(row);
                    return lanes.add(row);
                });
        List<Due> chosen = lanes.choose(choice);
        if (chosen.isEmpty()) {
            return new Given(List.of(), lanes.nextToken(), lanes.systemUnused(), 0, found, seen);
        }
        List<Claimed> claimed = database.query(take(chosen, lanes, now), Claimed::of);
        if (!claimed.stream().map(Claimed::key).toList().equals(keys(chosen))) {
            throw new IllegalStateException("a locked call left the queue: indicates a bug");
        }
        List<Claimed> wrong = claimed.stream().filter(one -> one.passedOver() != null).toList();
        wrong.forEach(Claimed::complain);
        return new Given(
                claimed.stream().map(Claimed::known).toList(),
                lanes.nextToken(),
                lanes.systemUnused(),
                wrong.size(),
                found,
                seen);
    }

    private static List<CallKey> keys(List<Due> chosen) {
        return chosen.stream().map(Due::key).toList();
    }

    private Sql bind(Sql sql, Collection<String> accounts) {
        return queue.bind(marks.bind(sql, accounts), accounts);
    }

    private Sql candidates(List<String> accounts, ClaimTerms terms, Instant now) {
        List<ProviderName> providers =
                Stream.of(limits.providers(), limits.rates(), terms.room().most())
                        .flatMap(one -> one.keySet().stream())
                        .distinct()
                        .toList();
        return marks.bindWhole(bind(Sql.of(ClaimSql.CANDIDATES), accounts))
                .with("account_limit", limits.account())
                .with("system_limit", limits.system())
                .column("providers", providers, provider -> provider)
                .column("provider_limits", providers, limits::provider)
                .column("provider_rooms", providers, provider -> terms.room().of(provider))
                .column("provider_intervals", providers, this::interval)
                .column("paced", List.copyOf(limits.rates().keySet()), provider -> provider)
                .with("most", terms.most())
                .with("now", now);
    }

    private @Nullable Object interval(ProviderName provider) {
        Rate rate = limits.rates().get(provider);
        return rate == null ? null : rate.interval().toNanos() / NANOS_PER_MICRO;
    }

    private Sql take(List<Due> chosen, ClaimLanes lanes, Instant now) {
        List<ClaimLanes.Paid> paid = lanes.paid();
        List<ProviderName> limited = List.copyOf(limits.providers().keySet());
        return Sql.of(ClaimSql.TAKE)
                .column("chosen_accounts", chosen, one -> one.key().account())
                .column("chosen_calls", chosen, one -> one.key().call())
                .column("found_at", chosen, one -> lanes.foundAt(one.key()))
                .with("account_limit", limits.account())
                .with("system_limit", limits.system())
                .column("providers", limited, provider -> provider)
                .column("provider_limits", limited, limits::provider)
                .column("bucket_accounts", paid, ClaimLanes.Paid::account)
                .column("buckets", paid, ClaimLanes.Paid::name)
                .column("paid", paid, one -> one.bucket().paidUntil())
                .with("now", now);
    }

    /// Whether a limit that accounts share is reached; without another look, if only the system's is shared
    /// and has been looked at already.
    private boolean saturated(Given given) {
        Long unused = given.systemUnused;
        if (unused == null || !limits.providers().isEmpty()) {
            return shared.areReached(given.found);
        }
        return unused <= given.claimed.size();
    }

    /// @param saturated see [Claim]
    record Round(Given given, boolean saturated) {
        Claim claim() {
            return new Claim(given.calls(), saturated, given.nextToken, given.passedOver);
        }
    }

    /// @param nextToken see [Claim]
    /// @param systemUnused slots of the system's that nobody had before, at least; null: nobody has looked
    /// @param passedOver how many calls took the turn of a direct call; more than none indicates a bug
    /// @param found what the count found
    /// @param seen what the look at the queue saw
    record Given(
            List<Known> claimed,
            @Nullable Instant nextToken,
            @Nullable Long systemUnused,
            int passedOver,
            SlotMarks.Found found,
            QueueMarks.Seen seen) {
        static Given nothing(SlotMarks.Found found, QueueMarks.Seen seen) {
            return new Given(List.of(), null, null, 0, found, seen);
        }

        List<ReservedCall> calls() {
            return claimed.stream().map(one -> (ReservedCall) one.call()).toList();
        }
    }
}
