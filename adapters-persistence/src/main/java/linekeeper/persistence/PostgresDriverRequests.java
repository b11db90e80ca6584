package linekeeper.persistence;

import linekeeper.application.port.DriverRequests;
import linekeeper.domain.CallId;

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

    private static final String LOOK =
            """
            SELECT fingerprint, settled FROM driver_requests
            WHERE account_id = :account AND request_key = :key
            """;

    private static final String ENTRIES =
            """
            SELECT e.call, e.refused FROM driver_requests r
            CROSS JOIN LATERAL unnest(r.calls, r.refused) WITH ORDINALITY
                AS e (call, refused, place)
            WHERE r.account_id = :account AND r.request_key = :key ORDER BY e.place
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

    private Opened look(Request request) {
        return database.queryOne(kept(LOOK, request), row -> known(request, row))
                .map(known -> known instanceof Settled ? settled(request) : known)
                .orElseGet(NoSuchAccount::new);
    }

    private static Opened known(Request request, Row row) {
        if (!row.text("fingerprint").equals(request.fingerprint())) {
            return new Different();
        }
        return row.flag("settled") ? new Settled(List.of()) : new Held();
    }

    private Opened settled(Request request) {
        return new Settled(database.query(kept(ENTRIES, request), PostgresDriverRequests::entry));
    }

    private static Entry entry(Row row) {
        String refused = row.text("refused");
        return new Entry(new CallId(row.text("call")), refused.isEmpty() ? null : refused);
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
