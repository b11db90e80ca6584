package linekeeper.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import linekeeper.persistence.Coordinates;
import linekeeper.persistence.TestDatabase;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

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
