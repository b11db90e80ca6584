package linekeeper.persistence;

import linekeeper.application.port.Slots.ProviderUse;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Limits;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/// The limits that accounts share, the system's and the providers', and how much of them is used.
final class SharedLimits {
    private static final String BOUND =
            "WITH "
                    + SlotCounts.WHOLE
                    + "SELECT slots < CAST(:system_limit AS int) AS below FROM bound";

    private static final String COUNT =
            "WITH "
                    + SlotCounts.WHOLE
                    + """
                    SELECT slots AS whole_slots, oldest AS whole_oldest, newest AS whole_newest
                    FROM whole
                    """;

    private static final String COUNT_OF_PROVIDER =
            """
            SELECT count(*) AS active FROM active_calls
            WHERE provider = :provider AND lease >= CAST(:oldest_slot AS bigint)
            """;

    private final Database database;
    private final Limits limits;
    private final SlotMarks marks;
    private final ClaimGate gate;

    SharedLimits(Database database, Limits limits, SlotMarks marks, ClaimGate gate) {
        this.database = database;
        this.limits = limits;
        this.marks = marks;
        this.gate = gate;
    }

    /// Whether one of them is reached. Slots are counted only if it cannot be told otherwise.
    ///
    /// @param found told what the count found
    boolean areReached(SlotMarks.Found found) {
        return systemIsFull(found) || limits.providers().keySet().stream().anyMatch(this::isFull);
    }

    private boolean systemIsFull(SlotMarks.Found found) {
        Sql bound = marks.bindWhole(Sql.of(BOUND)).with("system_limit", limits.system());
        if (database.queryOne(bound, row -> row.flag("below")).orElseThrow()) {
            return false;
        }
        // What is found while slots are given out would not hold for the next time.
        gate.keepShut();
        return database.queryOne(marks.bindWhole(Sql.of(COUNT)), found::addWhole).orElseThrow()
                >= limits.system();
    }

    private boolean isFull(ProviderName provider) {
        Sql count = marks.bindOldest(Sql.of(COUNT_OF_PROVIDER)).with("provider", provider.value());
        return database.queryOne(count, row -> row.number("active")).orElseThrow()
                >= limits.provider(provider);
    }

    /// What each provider has in use and may have.
    Map<ProviderName, ProviderUse> uses() {
        Map<ProviderName, ProviderUse> uses = new HashMap<>();
        Stream.of(limits.providers(), limits.rates())
                .flatMap(one -> one.keySet().stream())
                .forEach(name -> uses.put(name, use(name, 0)));
        Sql active =
                marks.bindOldest(
                        Sql.of(
                                """
                                SELECT provider, count(*) AS slots FROM active_calls
                                WHERE lease >= CAST(:oldest_slot AS bigint) GROUP BY provider
                                """));
        database.query(active, row -> new Active(row.text("provider"), row.integer("slots")))
                .forEach(one -> uses.put(one.provider(), use(one.provider(), one.slots)));
        return uses;
    }

    private ProviderUse use(ProviderName name, int active) {
        return new ProviderUse(active, limits.providers().get(name), limits.rates().get(name));
    }

    private record Active(String name, int slots) {
        ProviderName provider() {
            return new ProviderName(name);
        }
    }
}
