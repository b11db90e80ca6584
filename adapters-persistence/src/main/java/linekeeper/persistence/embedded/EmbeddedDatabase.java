package linekeeper.persistence.embedded;

import linekeeper.persistence.Coordinates;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// A real PostgreSQL in a data folder (G4): made at the first start, found again at the next, also
/// after a `kill -9`, which leaves the database running without us; it is then shut down cleanly and
/// started anew. Listens on loopback only, behind a password that only the folder's owner can read;
/// durability settings are PostgreSQL's own.
///
/// One process at a time has the folder. Not thread-safe.
public final class EmbeddedDatabase implements AutoCloseable {
    private static final String USER = "linekeeper";
    private static final int PASSWORD_BYTES = 24;
    private static final int TRIES = 3;

    private final Path folder;
    private final Programs programs;
    private final FolderLock lock;
    private boolean running;

    private EmbeddedDatabase(Path folder, Programs programs, FolderLock lock) {
        this.folder = folder;
        this.programs = programs;
        this.lock = lock;
    }

    /// Starts the database of `folder`, which is made if it is not there.
    ///
    /// @param cache where PostgreSQL's programs are unpacked, once for all folders
    /// @throws FolderInUse another process has the folder
    /// @throws UncheckedIOException it cannot be started; the message says why
    public static EmbeddedDatabase start(Path folder, Path cache) {
        try {
            Folders.createPrivate(folder);
            FolderLock lock = FolderLock.take(folder);
            return started(folder, cache, lock);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The embedded database does not start in " + folder + ": " + e, e);
        }
    }

    private static EmbeddedDatabase started(Path folder, Path cache, FolderLock lock)
            throws IOException {
        try {
            Programs programs =
                    new Programs(PostgresBinaries.unpacked(cache), folder.resolve("postgres.log"));
            EmbeddedDatabase database = new EmbeddedDatabase(folder, programs, lock);
            database.initialize();
            database.stopOrphan();
            database.start();
            return database;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /// Where the running database of `folder` is, for programs that only visit it; empty if none runs.
    public static Optional<Coordinates> running(Path folder) {
        try {
            List<String> lines = Files.readAllLines(cluster(folder).resolve("postmaster.pid"));
            boolean ready = lines.size() >= 8 && lines.get(7).strip().equals("ready");
            return ready && alive(lines) ? Optional.of(coordinates(folder)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    public Coordinates coordinates() {
        try {
            return coordinates(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts it again after [#stop], where it was if that port is still free.
    public void start() throws IOException {
        for (int tried = 1; ; tried++) {
            Ports.choose(cluster(folder), tried > 1);
            // The port was free a moment ago; if somebody was faster, another one will do.
            if (startsUp()) {
                running = true;
                return;
            }
            if (tried == TRIES) {
                throw new IOException("PostgreSQL does not start; see " + log());
            }
        }
    }

    /// Starts it again if it has died under us, at the same port: whoever was connected knows no other.
    ///
    /// @return true: it had died
    /// @throws IOException it does not start yet, perhaps because processes that the dead one left
    ///     behind are still busy; try again
    public boolean revive() throws IOException {
        if (!running || running(folder).isPresent()) {
            return false;
        }
        stopOrphan();
        if (!startsUp()) {
            throw new IOException("PostgreSQL does not start again yet; see " + log());
        }
        return true;
    }

    private boolean startsUp() throws IOException {
        return programs.succeeds("pg_ctl", control("start", "--wait", "--log", log()));
    }

    /// Stops it, cutting off whoever is connected; committed work stays.
    public void stop() throws IOException {
        running = false;
        programs.run("pg_ctl", control("stop", "--wait", "--mode", "fast"));
    }

    /// Stops the database and lets go of the folder.
    @Override
    public void close() {
        try (lock) {
            if (running) {
                stop();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded database does not stop", e);
        }
    }

    /// A cluster that is not complete never bears the final name.
    private void initialize() throws IOException {
        Path cluster = cluster(folder);
        if (Files.isDirectory(cluster)) {
            return;
        }
        Path beside = folder.resolve("postgres.new");
        Folders.deleteTree(beside);
        Path password = folder.resolve("password");
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        Folders.writePrivate(password, HexFormat.of().formatHex(random));
        programs.run(
                "initdb",
                List.of(
                        "--pgdata=" + beside,
                        "--username=" + USER,
                        "--pwfile=" + password,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C"));
        Files.writeString(
                beside.resolve("postgresql.conf"),
                "\ninclude 'linekeeper.conf'\n",
                StandardOpenOption.APPEND);
        Files.move(beside, cluster, StandardCopyOption.ATOMIC_MOVE);
    }

    /// The folder is ours, so a database that still runs in it has lost its service.
    private void stopOrphan() throws IOException {
        Path pidFile = cluster(folder).resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        boolean alive = alive(Files.readAllLines(pidFile));
        if (!alive) {
            // The number may belong to another program by now, which PostgreSQL would wait for.
            Files.deleteIfExists(pidFile);
        } else if (!programs.succeeds("pg_ctl", control("stop", "--wait", "--mode", "fast"))) {
            programs.run("pg_ctl", control("stop", "--wait", "--mode", "immediate"));
        }
    }

    private static boolean alive(List<String> pidFile) {
        return !pidFile.isEmpty()
                && ProcessHandle.of(Long.parseLong(pidFile.getFirst().strip()))
                        .filter(ProcessHandle::isAlive)
                        .flatMap(process -> process.info().command())
                        .map(command -> command.contains("postgres"))
                        .orElse(false);
    }

    private List<String> control(String action, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of(action, "--pgdata", cluster(folder).toString()));
        arguments.addAll(List.of(options));
        return arguments;
    }

    private String log() {
        return folder.resolve("postgres.log").toAbsolutePath().toString();
    }

    private static Coordinates coordinates(Path folder) throws IOException {
        String port = Files.readAllLines(cluster(folder).resolve("postmaster.pid")).get(3).strip();
        String password = Files.readString(folder.resolve("password"));
        return new Coordinates("jdbc:postgresql://127.0.0.1:" + port + "/postgres", USER, password);
    }

    private static Path cluster(Path folder) {
        return folder.resolve("postgres").toAbsolutePath();
    }
}
