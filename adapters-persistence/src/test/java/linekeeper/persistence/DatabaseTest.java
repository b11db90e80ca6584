package linekeeper.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import linekeeper.application.port.StoreUnavailable;
import linekeeper.persistence.embedded.EmbeddedDatabase;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// DbClient over a pool of one connection: whatever fails gives it back.
final class DatabaseTest {
    private static ConnectionPool pool;
    private static Database database;

    @BeforeAll
    static void open() {
        pool = ConnectionPool.open(TestDatabase.fresh(), 1);
        database = new Database(pool.dataSource());
        database.update(Sql.of("CREATE TABLE thing (id text PRIMARY KEY, at timestamptz)"));
    }

    @AfterAll
    static void close() {
        pool.close();
    }

    @Test
    void badStatementsDoNotExhaustThePool() {
        for (int i = 0; i < 50; i++) {
            assertThatThrownBy(() -> one(Sql.of("SELECT nonsense"))).isNotNull();
            assertThatThrownBy(() -> one(Sql.of("SELECT :missing AS x"))).isNotNull();
            assertThatThrownBy(
                            () -> one(Sql.of("SELECT CAST(:x AS int) AS x").with("x", "no number")))
                    .isNotNull();
        }

        assertThat(one(Sql.of("SELECT 1 AS x"))).isEqualTo("1");
    }

    @Test
    void readsAndBindsNullsArraysAndInstants() {
        Instant at = Instant.parse("2026-11-20T09:15:02.118204Z");
        List<String> rows = List.of("a", "b");
        Sql insert =
                Sql.of(
                                """
                                INSERT INTO thing (id, at)
                                SELECT * FROM unnest(
                                    CAST(:ids AS text[]), CAST(:ats AS timestamptz[]))
                                """)
                        .column("ids", rows, id -> id)
                        .column("ats", rows, id -> id.equals("a") ? at : null);

        assertThat(database.update(insert)).isEqualTo(2);
        assertThat(
                        database.query(
                                Sql.of("SELECT at FROM thing ORDER BY id"),
                                row -> Optional.ofNullable(row.instantOrNull("at"))))
                .containsExactly(Optional.of(at), Optional.empty());
        assertThat(
                        database.query(
                                Sql.of("SELECT 1 AS x WHERE CAST(:at AS timestamptz) = :at")
                                        .with("at", at),
                                row -> row.integer("x")))
                .containsExactly(1);
    }

    @Test
    void hasNoStatementCompiled() {
        assertThat(one(Sql.of("SELECT current_setting('jit') AS x"))).isEqualTo("off");
    }

    @Test
    void keepsTheFirstFailureAndRollsBack() {
        assertThatThrownBy(
                        () ->
                                database.inTransaction(
                                        () -> {
                                            database.update(
                                                    Sql.of("INSERT INTO thing VALUES ('lost')"));
                                            throw new IllegalStateException("first");
                                        }))
                .hasMessage("first");

        assertThat(one(Sql.of("SELECT count(*) AS x FROM thing WHERE id = 'lost'"))).isEqualTo("0");
    }

    @Test
    void saysThatTheDatabaseIsAwayAndComesBackByItself(@TempDir Path folder) throws Exception {
        try (EmbeddedDatabase server =
                        EmbeddedDatabase.start(folder.resolve("data"), TestDatabase.cache());
                ConnectionPool own = ConnectionPool.open(server.coordinates(), 1)) {
            Database there = new Database(own.dataSource());
            assertThat(there.query(Sql.of("SELECT 1 AS x"), row -> row.integer("x"))).hasSize(1);

            server.stop();

            assertThatThrownBy(() -> there.query(Sql.of("SELECT 1 AS x"), row -> row.integer("x")))
                    .isInstanceOf(StoreUnavailable.class);

            assertThat(server.revive()).isFalse();
            server.start();
            assertThat(there.query(Sql.of("SELECT 1 AS x"), row -> row.integer("x"))).hasSize(1);
        }
    }

    private static String one(Sql sql) {
        return database.queryOne(sql, row -> row.text("x")).orElseThrow();
    }
}
