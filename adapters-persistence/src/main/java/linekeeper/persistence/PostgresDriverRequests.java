package linekeeper.persistence;

import linekeeper.application.port.DriverRequests;
import linekeeper.domain.CallId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The requests to call drivers. A hold's number fences off whoever held the request before.
final class PostgresDriverRequests implements DriverRequests {
    private static final String BEGIN =
            """
            INSERT INTO driver_requests (account_id, request_key, fingerprint, calls, begun_at,
                                         held_until)
            SELECT account_id, :key, :fingerprint, CAST(:calls AS text[]), :now, :until
            FROM accounts WHERE account_id = :account
            ON CONFLICT DO NOTHING
            RETURNING hold
            """;

    private static final String RESUME =
            """
            UPDATE driver_requests SET hold = nextval('driver_request_hold'), held_until = :until
            WHERE account_id = :account AND request_key = :key AND fingerprint = :fingerprint
              AND NOT settled AND held_until <= :now
            RETURNING hold, begun_at, array_to_string(calls, ' ') AS calls
            """;

    /// A row for each entry; one without any if the request is not settled, or not known at all.
    private static final String LOOK =
            """
            SELECT r.fingerprint, e.call, e.refused
            FROM accounts a
            LEFT JOIN driver_requests r ON r.account_id = a.account_id AND r.request_key = :key
            LEFT JOIN LATERAL unnest(r.calls, r.refused) WITH ORDINALITY
                AS e (call, refused, place) ON r.settled
            WHERE a.account_id = :account ORDER BY e.place
            """;

    private static final String HELD =
            """
            WHERE account_id = :account AND request_key = :key AND hold = :hold AND NOT settled
            """;

    private final Database database;

    PostgresDriverRequests(Database database) {
        this.database = database;
    }

    @Override
    public Opened open(Request request, List<CallId> calls, Instant now, Instant until) {
        Sql begin = named(BEGIN, request).with("now", now).with("until", until);
        return database.queryOne(
                        begin.column("calls", calls, CallId::value),
                        row -> (Opened) new Begun(hold(request, row)))
                .or(() -> resume(request, now, until))
                .orElseGet(() -> look(request));
    }

    private Optional<Opened> resume(Request request, Instant now, Instant until) {
        return database.queryOne(
                named(RESUME, request).with("now", now).with("until", until),
                row -> new Resumed(hold(request, row), row.instant("begun_at"), calls(row)));
    }

    /// In one statement: from one to the next, a request can be forgotten and begun anew.
    private Opened look(Request request) {
        List<Looked> rows = database.query(kept(LOOK, request), Looked::of);
        if (rows.isEmpty()) {
            return new NoSuchAccount();
        }
        Looked first = rows.getFirst();
        if (first.fingerprint == null) {
            // It was forgotten at this very moment; whoever repeats it begins it.
            return new Held();
        }
        if (!first.fingerprint.equals(request.fingerprint())) {
            return new Different();
        }
        return first.entry == null
                ? new Held()
                : new Settled(rows.stream().map(Looked::entry).toList());
    }

    /// @param fingerprint null: there is no such request
    /// @param entry null: it is not settled
    private record Looked(@Nullable String fingerprint, @Nullable Entry entry) {
        static Looked of(Row row) {
            String call = row.textOrNull("call");
            return new Looked(
                    row.textOrNull("fingerprint"), call == null ? null : entry(call, row));
        }

        private static Entry entry(String call, Row row) {
            String refused = row.text("refused");
            return new Entry(new CallId(call), refused.isEmpty() ? null : refused);
        }
    }

    private static List<CallId> calls(Row row) {
        return Stream.of(row.text("calls").split(" ")).map(CallId::new).toList();
    }

    private static Hold hold(Request request, Row row) {
        return new Hold(request.account(), request.key(), row.number("hold"));
    }

    @Override
    public boolean plan(Hold hold, List<CallId> calls, Instant until) {
        Sql plan =
                held(
                        "UPDATE driver_requests SET held_until = :until,"
                                + " calls = CAST(:calls AS text[]) ",
                        hold);
        return database.update(plan.with("until", until).column("calls", calls, CallId::value))
                == 1;
    }

    @Override
    public boolean settle(Hold hold, List<Entry> entries) {
        Sql settle =
                held(
                        "UPDATE driver_requests SET settled = true,"
                                + " calls = CAST(:calls AS text[]),"
                                + " refused = CAST(:refused AS text[]) ",
                        hold);
        return database.update(
                        settle.column("calls", entries, Entry::call)
                                .column(
                                        "refused",
                                        entries,
                                        one -> one.refused() == null ? "" : one.refused()))
                == 1;
    }

    @Override
    public void leave(Hold hold, Instant now) {
        database.update(
                held("UPDATE driver_requests SET held_until = :now ", hold).with("now", now));
    }

    @Override
    public int removeBefore(Instant cutoff, int most) {
        Sql remove =
                Sql.of(
                                """
                                DELETE FROM driver_requests WHERE ctid = ANY (ARRAY(
                                    SELECT ctid FROM driver_requests WHERE begun_at < :cutoff
                                    LIMIT CAST(:most AS int) FOR UPDATE SKIP LOCKED))
                                """)
                        .with("cutoff", cutoff)
                        .with("most", most);
        return Math.toIntExact(database.update(remove));
    }

    private static Sql named(String text, Request request) {
        return kept(text, request).with("fingerprint", request.fingerprint());
    }

    private static Sql kept(String text, Request request) {
        return Sql.of(text).with("account", request.account().value()).with("key", request.key());
    }

    private static Sql held(String text, Hold hold) {
        return Sql.of(text + HELD)
                .with("account", hold.account().value())
                .with("key", hold.key())
                .with("hold", hold.number());
    }
}
