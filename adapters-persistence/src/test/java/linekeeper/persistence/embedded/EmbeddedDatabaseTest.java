package linekeeper.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import linekeeper.persistence.Coordinates;
import linekeeper.persistence.TestDatabase;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The database in the data folder (G4).
final class EmbeddedDatabaseTest {
    @TempDir Path temporary;

    @Test
    void survivesARestartAndKeepsDurabilityOn() throws Exception {
        Path folder = temporary.resolve("a folder with spaces");
        try (EmbeddedDatabase first = start(folder)) {
            execute(first.coordinates(), "CREATE TABLE kept AS SELECT 42 AS answer");
        }

        try (EmbeddedDatabase second = start(folder)) {
            assertThat(select(second.coordinates(), "SELECT answer FROM kept")).isEqualTo("42");
            assertThat(select(second.coordinates(), "SHOW fsync")).isEqualTo("on");
            assertThat(select(second.coordinates(), "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(EmbeddedDatabase.running(folder)).contains(second.coordinates());
        }
        assertThat(EmbeddedDatabase.running(folder)).isEmpty();
    }

    @Test
    void refusesAFolderThatIsInUse() {
        Path folder = temporary.resolve("shared");
        try (EmbeddedDatabase first = start(folder)) {
            assertThat(first.coordinates().user()).isEqualTo("linekeeper");
            assertThatThrownBy(() -> start(folder))
                    .isInstanceOf(FolderInUse.class)
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
        }
    }

    @Test
    void refusesVisitorsWithoutThePassword() {
        try (EmbeddedDatabase server = start(temporary.resolve("guarded"))) {
            Coordinates where = server.coordinates();
            assertThatThrownBy(
                            () -> DriverManager.getConnection(where.url(), where.user(), "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password");
        }
    }

    @Test
    void isNotFooledByAPidThatAnotherProgramHasNow() throws Exception {
        Path folder = temporary.resolve("recycled");
        start(folder).close();
        Files.write(
                folder.resolve("postgres/postmaster.pid"),
                List.of(Long.toString(ProcessHandle.current().pid())));

        try (EmbeddedDatabase again = start(folder)) {
            assertThat(select(again.coordinates(), "SELECT 1")).isEqualTo("1");
        }
    }

    private static EmbeddedDatabase start(Path folder) {
        return EmbeddedDatabase.start(folder, TestDatabase.cache());
    }

    /// A busy process of PostgreSQL's does not notice for a while that the first one was killed, and
    /// keeps what they shared. Whoever was connected looks for the database at its old port for ever.
    @Test
    @Timeout(120)
    void comesBackWhereItWasHoweverLongItsOldProcessesLast() throws Exception {
        Path folder = temporary.resolve("killed");
        try (EmbeddedDatabase database = start(folder)) {
            Coordinates before = database.coordinates();
            ProcessHandle busy = busyProcess(before);
            ProcessHandle first =
                    process(
                            Files.readAllLines(folder.resolve("postgres/postmaster.pid"))
                                    .getFirst());
            first.destroyForcibly();
            first.onExit().join();

            assertThatThrownBy(database::revive).isInstanceOf(IOException.class);
            busy.destroyForcibly();
            busy.onExit().join();

            assertThat(database.revive()).isTrue();
            assertThat(database.coordinates()).isEqualTo(before);
            assertThat(select(before, "SELECT 1")).isEqualTo("1");
            assertThat(database.revive()).isFalse();
        }
    }

    private static ProcessHandle busyProcess(Coordinates where) throws Exception {
        CompletableFuture<String> pid = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(
                        () -> {
                            try (Connection connection = connect(where);
                                    Statement statement = connection.createStatement()) {
                                ResultSet rows = statement.executeQuery("SELECT pg_backend_pid()");
                                rows.next();
                                pid.complete(rows.getString(1));
                                statement.execute("DO 'BEGIN LOOP END LOOP; END'");
                            } catch (SQLException e) {
                                pid.completeExceptionally(e);
                            }
                        });
        String busy = pid.get(30, TimeUnit.SECONDS);
        String active = "SELECT state FROM pg_stat_activity WHERE query LIKE 'DO %' AND pid = ";
        while (!select(where, active + busy + " UNION ALL SELECT ''").equals("active")) {
            Thread.onSpinWait();
        }
        return process(busy);
    }

    private static ProcessHandle process(String pid) {
        return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
    }

    private static void execute(Coordinates where, String sql) throws SQLException {
        try (Connection connection = connect(where);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String select(Coordinates where, String sql) throws SQLException {
        try (Connection connection = connect(where);
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connect(Coordinates where) throws SQLException {
        return DriverManager.getConnection(where.url(), where.user(), where.password());
    }
}
