package linekeeper.bootstrap.endtoend;

import jakarta.json.Json;
import jakarta.json.JsonObject;

import linekeeper.persistence.Coordinates;
import linekeeper.persistence.embedded.EmbeddedDatabase;
import linekeeper.telephony.bolna.fake.FakeBolna;

import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A real PostgreSQL, a fake Bolna and any number of real service processes.
final class World implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    final EmbeddedDatabase database;
    final FakeBolna bolna = FakeBolna.start();
    private final List<ServiceProcess> services = new ArrayList<>();

    World(Path folder) {
        Path cache = Path.of(System.getProperty("java.io.tmpdir"), "linekeeper-test-cache");
        database = EmbeddedDatabase.start(folder.resolve("database"), cache);
    }

    ServiceProcess service() throws Exception {
        return service(Map.of());
    }

    ServiceProcess service(Map<String, String> more) throws Exception {
        Coordinates where = database.coordinates();
        Map<String, String> settings = new HashMap<>();
        settings.put("LINEKEEPER_DATABASE_URL", where.url());
        settings.put("LINEKEEPER_DATABASE_USER", where.user());
        settings.put("LINEKEEPER_DATABASE_PASSWORD", where.password());
        settings.put("LINEKEEPER_PROVIDER", "bolna");
        settings.put("LINEKEEPER_BOLNA_URL", bolna.url().toString());
        settings.put("LINEKEEPER_BOLNA_APIKEY", FakeBolna.API_KEY);
        settings.put("LINEKEEPER_BOLNA_AGENT", "agent-1");
        settings.put("LINEKEEPER_DIAL_TIMEOUT", "PT1S");
        settings.put("LINEKEEPER_DIAL_GRACE", "PT3S");
        settings.put("LINEKEEPER_DIAL_HORIZON", "PT20S");
        settings.put("LINEKEEPER_CALL_STALE", "PT5S");
        settings.put("LINEKEEPER_SWEEP_INTERVAL", "PT0.5S");
        settings.putAll(more);
        ServiceProcess service = ServiceProcess.start(settings);
        services.add(service);
        return service;
    }

    static HttpResponse<String> place(ServiceProcess service, String account, String id)
            throws Exception {
        return place(service, account, id, "");
    }

    /// @param more fields, as in `,"campaign_id":"c"`
    static HttpResponse<String> place(
            ServiceProcess service, String account, String id, String more) throws Exception {
        return service.post(
                account,
                "/api/calls/outbound",
                "{\"custom_call_id\":\"%s\",\"phone_number\":\"+14155550100\"%s}"
                        .formatted(id, more));
    }

    static JsonObject call(ServiceProcess service, String account, String id) throws Exception {
        return json(service.get(account, "/api/calls/" + id).body());
    }

    static void awaitStatus(ServiceProcess service, String id, String status) throws Exception {
        awaitStatus(service, "default", id, status);
    }

    static void awaitStatus(ServiceProcess service, String account, String id, String status)
            throws Exception {
        Until.holds(
                PATIENCE,
                id + " is " + status,
                () -> call(service, account, id).getString("status", "").equals(status));
    }

    static String errorCode(JsonObject call) {
        return call.isNull("error_code") ? "" : call.getString("error_code");
    }

    static JsonObject json(String text) {
        return Json.createReader(new StringReader(text)).readObject();
    }

    /// One number, straight from the database.
    long count(String sql) throws SQLException {
        return Long.parseLong(text(sql));
    }

    private String text(String sql) throws SQLException {
        Coordinates where = database.coordinates();
        try (Connection connection =
                        DriverManager.getConnection(where.url(), where.user(), where.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }

    /// A name and a moment per row.
    Map<String, Instant> instants(String sql) throws SQLException {
        Coordinates where = database.coordinates();
        Map<String, Instant> instants = new HashMap<>();
        try (Connection connection =
                        DriverManager.getConnection(where.url(), where.user(), where.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                instants.put(rows.getString(1), rows.getTimestamp(2).toInstant());
            }
        }
        return instants;
    }

    /// Changes rows behind the service's back; how many.
    int change(String sql) throws SQLException {
        Coordinates where = database.coordinates();
        try (Connection connection =
                        DriverManager.getConnection(where.url(), where.user(), where.password());
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    void awaitAllEnded(long calls) throws Exception {
        try {
            Until.holds(
                    PATIENCE,
                    calls + " calls have ended",
                    () -> count("SELECT count(*) FROM calls WHERE ended_at IS NOT NULL") == calls);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; unended: " + text(UNENDED), e);
        }
    }

    private static final String UNENDED =
            """
            SELECT string_agg(concat_ws(' ', c.call_id, c.status, c.execution_id, s.reserved_at,
                                        s.seen_at, s.check_after, q.due_at), '; ')
            FROM calls c
            LEFT JOIN active_calls s USING (account_id, call_id)
            LEFT JOIN call_queue q USING (account_id, call_id)
            WHERE c.ended_at IS NULL
            """;

    @Override
    public void close() {
        services.forEach(ServiceProcess::close);
        bolna.close();
        database.close();
    }
}
