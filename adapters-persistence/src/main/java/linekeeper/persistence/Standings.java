package linekeeper.persistence;

import linekeeper.application.port.Standing;
import linekeeper.domain.CallKey;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.AcceptedCall;
import linekeeper.domain.queue.Brakes;
import linekeeper.domain.queue.Occupancy;
import linekeeper.domain.queue.Occupancy.Scope;
import linekeeper.domain.queue.Occupancy.Use;
import linekeeper.domain.queue.QueuePlace;
import linekeeper.domain.queue.Rate;
import linekeeper.domain.queue.TokenBucket;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How waiting calls stand: their places, and the slots in use where they want one. A place is one more
/// than the account's waiting calls that are due by the time this one is and go before it in
/// [linekeeper.domain.queue.QueueOrder].
final class Standings {
    private static final Logger LOG = System.getLogger(Standings.class.getName());
    private static final Occupancy UNKNOWN = new Occupancy(List.of());

    private final Database database;
    private final Limits limits;
    private final SlotMarks marks;
    private final QueueLengths lengths;

    Standings(Database database, Limits limits, SlotMarks marks, QueueMarks queue) {
        this.database = database;
        this.limits = limits;
        this.marks = marks;
        this.lengths = new QueueLengths(database, queue);
    }

    /// The places of calls that have just entered the queue in this order, by the caller's transaction.
    Entered enter(List<AcceptedCall> calls, Instant now) {
        if (calls.isEmpty()) {
            return Entered.NONE;
        }
        QueueLengths.Entered lengths = this.lengths.enter(calls, now);
        List<AcceptedCall> placed = new ArrayList<>();
        List<CallKey> others = new ArrayList<>();
        for (AcceptedCall call : calls) {
            if (lengths.places().containsKey(call.key())) {
                placed.add(call);
            } else {
                others.add(call.key());
            }
        }
        return new Entered(placed, lengths, of(others, now));
    }

    /// How they stand. Asked after the commit: who waits at the gate should not wait for this. It is only
    /// told, so whatever changes in between, or if it cannot be read, the calls have been taken in.
    Map<CallKey, Standing> of(Entered entered, Instant now) {
        lengths.learn(entered.lengths);
        Map<CallKey, Standing> standings = new HashMap<>(entered.others);
        Map<CallKey, QueuePlace> places = entered.lengths.places();
        places.forEach((call, place) -> standings.put(call, new Standing(place, UNKNOWN)));
        try {
            standings.putAll(ofPlaced(entered.placed, places, now));
        } catch (RuntimeException e) {
            // Who was given a slot by the same commit must be dialed, whatever is wrong here.
            LOG.log(Level.WARNING, "new calls are not told why they wait", e);
        }
        return standings;
    }

    /// @param placed calls whose places are known already
    /// @param others how the others stand, which are due later
    record Entered(
            List<AcceptedCall> placed,
            QueueLengths.Entered lengths,
            Map<CallKey, Standing> others) {
        static final Entered NONE = new Entered(List.of(), QueueLengths.Entered.NONE, Map.of());
    }

    private Map<CallKey, Standing> ofPlaced(
            List<AcceptedCall> calls, Map<CallKey, QueuePlace> places, Instant now) {
        if (calls.isEmpty()) {
            return Map.of();
        }
        Function<AcceptedCall, QueuePlace> place =
                call -> Objects.requireNonNull(places.get(call.key()));
        return read(
                Sql.of(StandingSql.OF_PLACED)
                        .column("accounts", calls, one -> one.key().account())
                        .column("calls", calls, one -> one.key().call())
                        .column("providers", calls, AcceptedCall::provider)
                        .column("campaigns", calls, CallColumns::campaign)
                        .column("before", calls, one -> place.apply(one).position() - 1)
                        .column("totals", calls, one -> place.apply(one).total()),
                accounts(calls.stream().map(AcceptedCall::key)),
                now);
    }

    private static Set<String> accounts(Stream<CallKey> calls) {
        return calls.map(key -> key.account().value()).collect(Collectors.toSet());
    }

    /// Calls that do not wait are left out.
    Map<CallKey, Standing> of(List<CallKey> keys, Instant now) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        return read(
                Keys.bind(Sql.of(StandingSql.OF_WAITING), keys).with("now", now),
                accounts(keys.stream()),
                now);
    }

    private Map<CallKey, Standing> read(Sql sql, Set<String> accounts, Instant now) {
        Map<CallKey, Standing> standings = new HashMap<>();
        List<ProviderName> limited = List.copyOf(limits.providers().keySet());
        database.query(
                marks.bindWhole(marks.bind(sql, accounts))
                        .with("account_limit", limits.account())
                        .with("system_limit", limits.system())
                        .column("limited", limited, provider -> provider),
                row -> standings.put(CallRows.key(row), standing(row, now)) == null);
        return standings;
    }

    private Standing standing(Row row, Instant now) {
        int position = row.integer("before") + 1;
        List<Use> uses = new ArrayList<>();
        uses.add(use(row, Scope.ACCOUNT, "account_active", row.integer("account_limit")));
        Long campaignLimit = row.numberOrNull("campaign_limit");
        if (campaignLimit != null) {
            uses.add(use(row, Scope.CAMPAIGN, "campaign_active", campaignLimit.intValue()));
        }
        Integer providerLimit = limits.providers().get(new ProviderName(row.text("provider")));
        if (providerLimit != null) {
            uses.add(use(row, Scope.PROVIDER, "provider_active", providerLimit));
        }
        uses.add(use(row, Scope.SYSTEM, "system_active", limits.system()));
        return new Standing(
                new QueuePlace(position, row.integer("total")),
                new Occupancy(uses),
                brakes(row, now));
    }

    private Brakes brakes(Row row, Instant now) {
        Rate providerRate = limits.rates().get(new ProviderName(row.text("provider")));
        BigDecimal campaignRate = row.decimalOrNull("calls_per_second");
        return new Brakes(
                null,
                token(providerRate, row.instantOrNull("provider_paid_until"), now),
                token(
                        campaignRate == null ? null : new Rate(campaignRate),
                        row.instantOrNull("campaign_paid_until"),
                        now));
    }

    /// A bucket that was never paid from is full.
    private static @Nullable Instant token(
            @Nullable Rate rate, @Nullable Instant paidUntil, Instant now) {
        return rate == null || paidUntil == null
                ? null
                : Brakes.token(new TokenBucket(rate, paidUntil), now);
    }

    private static Use use(Row row, Scope scope, String active, int limit) {
        return new Use(scope, row.integer(active), limit);
    }
}
