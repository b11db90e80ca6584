package linekeeper.bootstrap.endtoend;

import static linekeeper.bootstrap.endtoend.World.call;
import static linekeeper.bootstrap.endtoend.World.json;
import static linekeeper.bootstrap.endtoend.World.place;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// `linekeeper import`, as users run it, beside the running service (C6). Each case has an account of its
/// own.
@Timeout(240)
final class ImportIT {
    private static final String HEADER = "call_id,driver_id,phone_number,status,created_at,note";
    private static final Instant BEGIN = Instant.parse("2025-11-21T10:30:00Z");

    @TempDir static Path folder;
    private static World world;
    private static ServiceProcess service;

    @BeforeAll
    static void open() throws Exception {
        world = new World(folder);
        service = world.service();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @Test
    void bringsRecordsInWhileTheServiceTakesCalls() throws Exception {
        String account = account("online");
        Path file = file("online.csv", 5_000, i -> "old-" + i + ",7," + rest(i));
        Process running =
                Program.of(world.storage(), "import", file.toString(), "--account", account)
                        .start();

        int placed = 0;
        do {
            assertThat(place(service, account, "new-" + placed++).statusCode()).isIn(200, 202);
        } while (running.isAlive());

        assertThat(running.waitFor()).isZero();
        assertThat(running.inputReader().lines())
                .last()
                .isEqualTo("added 5000, known 0, rejected 0");
        var one = call(service, account, "old-4711");
        assertThat(one.getString("status")).isEqualTo("completed");
        assertThat(one.getString("driver_id")).isEqualTo("7");
        assertThat(one.getString("created_at")).startsWith("2025-11-21T11:48:31");
        assertThat(
                        json(service.get(account, "/api/calls/old-4711/events").body())
                                .getJsonArray("items")
                                .getJsonObject(0)
                                .getString("event"))
                .isEqualTo("imported");
        assertThat(importing(account, file).lines())
                .last()
                .isEqualTo("added 0, known 5000, rejected 0");
        assertThat(calls(account)).isEqualTo(5_000 + placed);
    }

    /// Without ids of their own, two to a second each: what they are called must not depend on the kill.
    @Test
    void isSimplyBegunAgainAfterAKill() throws Exception {
        String killed = account("killed");
        String whole = account("whole");
        Path file = file("twins.csv", 20_000, i -> ",9," + rest(i / 2) + i);
        Process first =
                Program.of(world.storage(), "import", file.toString(), "--account", killed).start();
        Until.holds(World.PATIENCE, "it has begun", () -> calls(killed) > 0);

        first.destroyForcibly().waitFor();
        long there = calls(killed);
        Program.Ended second = importing(killed, file);

        assertThat(there).as("killed half-way").isPositive().isLessThan(20_000);
        assertThat(second.code()).as(second.output()).isZero();
        assertThat(second.lines())
                .last()
                .isEqualTo("added %d, known %d, rejected 0".formatted(20_000 - there, there));
        assertThat(importing(whole, file).lines())
                .last()
                .isEqualTo("added 20000, known 0, rejected 0");
        assertThat(calls(killed)).isEqualTo(20_000);
        assertThat(
                        world.count(
                                """
                                SELECT count(*) FROM (
                                    SELECT call_id, user_data::text FROM calls WHERE account_id = 'killed'
                                    EXCEPT
                                    SELECT call_id, user_data::text FROM calls WHERE account_id = 'whole') AS other
                                """))
                .isZero();
    }

    @Test
    void takesAnImportBack() throws Exception {
        String account = account("undone");
        importing(account, file("kept.csv", 3, i -> "kept-" + i + ",7," + rest(i)));
        Program.Ended imported =
                importing(account, file("undone.csv", 1_500, i -> "undone-" + i + ",7," + rest(i)));
        String id = imported.lines().getFirst().substring("import ".length());

        Program.Ended undone = run("import", "--undo", id, "--account", account);

        assertThat(undone.code()).as(undone.output()).isZero();
        assertThat(undone.lines()).last().isEqualTo("Took import " + id + " back: 1500 calls.");
        assertThat(calls(account)).isEqualTo(3);
        assertThat(service.get(account, "/api/calls/undone-7").statusCode()).isEqualTo(404);
        assertThat(run("import", "--undo", id, "--account", account).code()).isEqualTo(1);
    }

    @Test
    void tellsWhatItRejectsByLineAndKeepsTheRest() throws Exception {
        String account = account("mixed");
        Path file = folder.resolve("mixed.csv");
        Files.write(
                file,
                List.of(
                        HEADER,
                        "good-1,7," + rest(1),
                        "bad number,7,+14155550100,completed,2025-11-21T10:30:00Z,",
                        "no-number,7,,completed,2025-11-21T10:30:00Z,",
                        "no-date,7,+14155550100,completed,yesterday,",
                        "good-2,7," + rest(2)));
        Path errors = folder.resolve("errors.txt");

        Program.Ended ended =
                run(
                        "import",
                        file.toString(),
                        "--account",
                        account,
                        "--errors",
                        errors.toString(),
                        "--show",
                        "1");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.lines()).last().isEqualTo("added 2, known 0, rejected 3");
        assertThat(ended.output()).contains(file + ":3: call_id ", "... and 2 more");
        assertThat(Files.readAllLines(errors))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith(file + ":3: call_id "),
                        line -> assertThat(line).startsWith(file + ":4: phone_number "),
                        line -> assertThat(line).startsWith(file + ":5: created_at "));
        assertThat(calls(account)).isEqualTo(2);
        assertThat(run("import", folder.resolve("none.csv").toString()).code()).isEqualTo(2);
        assertThat(run("import", file.toString(), "--account", "nobody").code()).isEqualTo(1);
    }

    private static String account(String name) throws Exception {
        String body = "{\"account_id\":\"" + name + "\"}";
        assertThat(service.post("default", "/api/admin/accounts", body).statusCode())
                .isEqualTo(201);
        return name;
    }

    private static Path file(String name, int records, IntFunction<String> record)
            throws IOException {
        return Files.write(
                folder.resolve(name),
                Stream.concat(Stream.of(HEADER), IntStream.range(0, records).mapToObj(record))
                        .toList());
    }

    /// All fields after the driver; the note may follow.
    private static String rest(int second) {
        return "+14155550100,completed," + BEGIN.plusSeconds(second) + ",";
    }

    private static Program.Ended importing(String account, Path file) throws Exception {
        return run("import", file.toString(), "--account", account);
    }

    private static Program.Ended run(String... arguments) throws Exception {
        return Program.run(world.storage(), arguments);
    }

    private static long calls(String account) throws Exception {
        return world.count("SELECT count(*) FROM calls WHERE account_id = '" + account + "'");
    }
}
