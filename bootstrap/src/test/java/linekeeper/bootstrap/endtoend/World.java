package linekeeper.bootstrap.endtoend;

import jakarta.json.Json;
import jakarta.json.JsonObject;

import linekeeper.persistence.Coordinates;
import linekeeper.persistence.embedded.EmbeddedDatabase;
import linekeeper.telephony.bolna.fake.FakeBolna;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A real PostgreSQL, a fake Bolna and any number of real service processes.
final class World implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path CACHE =
            Path.of(System.getProperty("java.io.tmpdir"), "linekeeper-test-cache");

    final Tables tables;
    final FakeBolna bolna = FakeBolna.start();

    /// Null: the service keeps its own.
    final @Nullable EmbeddedDatabase database;

    private final Path folder;
    private final List<ServiceProcess> services = new ArrayList<>();

    /// One database for any number of services.
    World(Path folder) {
        this(folder, EmbeddedDatabase.start(folder.resolve("database"), CACHE));
    }

    private World(Path folder, @Nullable EmbeddedDatabase database) {
        this.folder = folder.resolve("database");
        this.database = database;
        this.tables = new Tables(() -> EmbeddedDatabase.running(this.folder).orElseThrow());
    }

    /// One service with its own embedded database, as it comes out of the box.
    static World ofOneNode(Path folder) {
        return new World(folder, null);
    }

    ServiceProcess service() throws Exception {
        return service(Map.of());
    }

    ServiceProcess service(Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(storage());
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

    /// Where the database is, as settings.
    Map<String, String> storage() {
        if (database == null) {
            return Map.of("LINEKEEPER_DATA", folder.toString(), "XDG_CACHE_HOME", CACHE.toString());
        }
        Coordinates where = database.coordinates();
        return Map.of(
                "LINEKEEPER_DATABASE_URL", where.url(),
                "LINEKEEPER_DATABASE_USER", where.user(),
                "LINEKEEPER_DATABASE_PASSWORD", where.password());
    }

    /// As `kill -9` of PostgreSQL's first process, upon which the others end by themselves; false: none
    /// runs.
    boolean killDatabase() throws IOException {
        Path file = folder.resolve("postgres").resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return false;
        }
        long postmaster = Long.parseLong(Files.readAllLines(file).getFirst().strip());
        return ProcessHandle.of(postmaster)
                .filter(process -> process.info().command().orElse("").contains("postgres"))
                .map(ProcessHandle::destroyForcibly)
                .orElse(false);
    }

    /// Starts the killed database again, unless that is the service's business.
    void reviveDatabase() throws IOException {
        if (database != null) {
            database.revive();
        }
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
        return tables.count(sql);
    }

    void awaitAllEnded(long calls) throws Exception {
        try {
            Until.holds(
                    PATIENCE,
                    calls + " calls have ended",
                    () -> count("SELECT count(*) FROM call_ends") == calls);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; unended: " + tables.text(UNENDED), e);
        }
    }

    private static final String UNENDED =
            """
            SELECT string_agg(concat_ws(' ', call_id, s.status, s.execution_id, s.reserved_at,
                                        s.seen_at, s.check_after, q.due_at), '; ')
            FROM calls c
            LEFT JOIN active_calls s USING (account_id, call_id)
            LEFT JOIN call_queue q USING (account_id, call_id)
            LEFT JOIN call_ends e USING (account_id, call_id)
            WHERE e.ended_at IS NULL
            """;

    @Override
    public void close() {
        if (database == null) {
            stopWithDatabase();
        }
        services.forEach(ServiceProcess::close);
        bolna.close();
        if (database != null) {
            database.close();
        }
    }

    /// A service stops its own database with it; one that was killed has left it running.
    private void stopWithDatabase() {
        try {
            for (ServiceProcess one : services) {
                one.stop();
            }
            killDatabase();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
