package linekeeper.persistence;

import linekeeper.domain.AccountId;
import linekeeper.domain.call.CallType;
import linekeeper.domain.queue.Inflow;
import linekeeper.domain.queue.Inflow.Kind;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Counts the calls an account was asked for lately. Of each stretch it reads the latest 200 at most; if
/// there are more, they tell how fast the others came. A call that is committed after its stretch was read, a
/// moment after it was over, is not counted.
final class InflowReader {
    private static final int MOST = 200;

    private final Database database;

    InflowReader(Database database) {
        this.database = database;
    }

    /// Which stretch a moment lies in.
    static long stretch(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), Inflow.STRETCH.toSeconds());
    }

    /// The whole stretches before `current`; those among them that are known are not read again.
    Seen until(AccountId account, long current, Seen known) {
        long first = current - Inflow.STRETCHES;
        Seen before = known.until > current ? Seen.NOTHING : known;
        NavigableMap<Long, Map<Kind, Integer>> calls =
                new TreeMap<>(before.calls.tailMap(first, true));
        Map<Long, List<Counted>> counted =
                counts(account, Math.max(first, before.until), current).stream()
                        .collect(Collectors.groupingBy(Counted::stretch));
        counted.forEach((stretch, kinds) -> calls.put(stretch, byKind(stretch, kinds)));
        return Seen.of(calls, current);
    }

    private static Map<Kind, Integer> byKind(long stretch, List<Counted> counted) {
        double times =
                counted.stream().mapToInt(Counted::calls).sum() < MOST ? 1 : more(stretch, counted);
        Map<Kind, Integer> calls = new HashMap<>();
        counted.forEach(one -> calls.put(one.kind, (int) Math.round(one.calls * times)));
        return calls;
    }

    /// How many times as many there are as were read.
    private static double more(long stretch, List<Counted> counted) {
        Instant first = counted.stream().map(Counted::first).min(Instant::compareTo).orElseThrow();
        Duration seen = Duration.between(first, begin(stretch + 1));
        return (double) Inflow.STRETCH.toMillis() / Math.max(1, seen.toMillis());
    }

    private List<Counted> counts(AccountId account, long from, long current) {
        Sql counts =
                Sql.of(
                                """
                                SELECT s.number, c.campaign_id IS NULL AS direct, c.priority,
                                       count(*) AS calls, min(c.created_at) AS first
                                FROM generate_series(CAST(:from AS bigint),
                                                     CAST(:current AS bigint) - 1) AS s (number)
                                CROSS JOIN LATERAL (
                                    SELECT campaign_id, priority, created_at FROM calls
                                    WHERE account_id = :account AND direction = 'outbound'
                                      AND created_at >= to_timestamp(s.number * :seconds)
                                      AND created_at < to_timestamp((s.number + 1) * :seconds)
                                    ORDER BY created_at DESC LIMIT :most) AS c
                                GROUP BY s.number, c.campaign_id IS NULL, c.priority
                                """)
                        .with("from", from)
                        .with("current", current)
                        .with("account", account.value())
                        .with("seconds", Inflow.STRETCH.toSeconds())
                        .with("most", MOST);
        return database.query(counts, InflowReader::counted);
    }

    private static Counted counted(Row row) {
        CallType type = row.flag("direct") ? CallType.DIRECT : CallType.CAMPAIGN;
        return new Counted(
                row.number("number"),
                new Kind(type, row.integer("priority")),
                row.integer("calls"),
                row.instant("first"));
    }

    private static Instant begin(long stretch) {
        return Instant.ofEpochSecond(stretch * Inflow.STRETCH.toSeconds());
    }

    private record Counted(long stretch, Kind kind, int calls, Instant first) {}

    /// What was seen of an account.
    ///
    /// @param until the stretch in which it was read, which is not among them
    /// @param calls of each stretch in which any came
    /// @param inflow the same, from the first such stretch on
    record Seen(long until, NavigableMap<Long, Map<Kind, Integer>> calls, Inflow inflow) {
        static final Seen NOTHING = of(new TreeMap<>(), Long.MIN_VALUE);

        private static Seen of(NavigableMap<Long, Map<Kind, Integer>> calls, long until) {
            List<Map<Kind, Integer>> stretches = new ArrayList<>();
            if (!calls.isEmpty()) {
                for (long stretch = calls.firstKey(); stretch < until; stretch++) {
                    stretches.add(calls.getOrDefault(stretch, Map.of()));
                }
            }
            return new Seen(until, calls, new Inflow(stretches));
        }
    }
}
