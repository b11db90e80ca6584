package linekeeper.bootstrap.endtoend;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// All calls with their attempts and timelines as the database has them, read once when nothing moves any
/// more.
final class Books {
    private static final String CALLS =
            """
            SELECT account_id || ' ' || call_id, coalesce(outcome, 'under way'),
                   coalesce(last_event, 1), coalesce(attempt, 1), execution_id, coalesce(outcome, '')
            FROM calls LEFT JOIN call_ends USING (account_id, call_id) ORDER BY 1
            """;
    private static final String EARLIER =
            """
            SELECT account_id || ' ' || call_id, attempt, execution_id, outcome
            FROM call_attempts ORDER BY 1, 2
            """;
    private static final String TIMELINES =
            """
            SELECT account_id || ' ' || call_id, sequence, at, event, detail
            FROM call_timeline ORDER BY 1, 2, 3
            """;

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private Books() {}

    static Books read(Tables tables) throws SQLException {
        Books books = new Books();
        for (List<String> row : tables.rows(CALLS)) {
            Entry entry = new Entry(row.get(0), row.get(1), Integer.parseInt(row.get(2)));
            entry.attempts.add(new Attempt(Integer.parseInt(row.get(3)), row.get(4), row.get(5)));
            books.entries.put(row.get(0), entry);
        }
        for (List<String> row : tables.rows(EARLIER)) {
            books.of(row.get(0))
                    .attempts
                    .add(new Attempt(Integer.parseInt(row.get(1)), row.get(2), row.get(3)));
        }
        for (List<String> row : tables.rows(TIMELINES)) {
            books.of(row.get(0))
                    .timeline
                    .add(
                            new Line(
                                    Integer.parseInt(row.get(1)),
                                    row.get(2),
                                    row.get(3),
                                    row.get(4)));
        }
        return books;
    }

    Collection<Entry> entries() {
        return entries.values();
    }

    Set<String> calls() {
        return entries.keySet();
    }

    /// @param call "account id"
    Entry of(String call) {
        Entry entry = entries.get(call);
        if (entry == null) {
            throw new IllegalArgumentException("there is no call " + call);
        }
        return entry;
    }

    /// One call.
    ///
    /// @param call "account id"
    record Entry(
            String call,
            String status,
            int lastEvent,
            List<Attempt> attempts,
            List<Line> timeline) {
        Entry(String call, String status, int lastEvent) {
            this(call, status, lastEvent, new ArrayList<>(), new ArrayList<>());
        }

        long lines(String event) {
            return timeline.stream().filter(line -> line.event.equals(event)).count();
        }
    }

    /// @param execution empty: none is known
    /// @param outcome empty: it is not over
    record Attempt(int number, String execution, String outcome) {}

    record Line(int sequence, String at, String event, String detail) {}
}
