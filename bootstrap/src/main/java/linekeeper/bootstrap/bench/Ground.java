package linekeeper.bootstrap.bench;

import linekeeper.application.IssueKeys;
import linekeeper.bootstrap.Storage;
import linekeeper.bootstrap.settings.Settings;
import linekeeper.domain.AccountId;
import linekeeper.domain.account.Account;
import linekeeper.domain.account.Limits;
import linekeeper.persistence.Coordinates;
import linekeeper.persistence.PostgresStores;
import linekeeper.telephony.simulated.SimulatedProvider;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/// A database for the measurement alone, gone afterwards: the embedded one in a folder of its own, or
/// one that is made on the user's server. Not thread-safe.
final class Ground implements AutoCloseable {
    /// Work that follows from calls and is not done yet.
    static final String FOLLOW_UPS = "SELECT count(*) FROM jobs WHERE status = 'pending'";

    private static final int PATIENCE_SECONDS = 60;

    private final Settings own;
    private final Storage storage;
    private final @Nullable Path folder;
    private final @Nullable GuestDatabase guest;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Ground(
            Settings own, Storage storage, @Nullable Path folder, @Nullable GuestDatabase guest) {
        this.own = own;
        this.storage = storage;
        this.folder = folder;
        this.guest = guest;
    }

    private Ground closedAtTheEnd() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "bench-clean-up"));
        return this;
    }

    /// @param own the settings of this process
    /// @param server null: the embedded database
    static Ground open(Settings own, @Nullable Coordinates server)
            throws IOException, SQLException {
        if (server == null) {
            Path folder = Files.createTempDirectory("linekeeper-bench");
            Settings.Store store = new Settings.Store(null, folder, 2, null);
            return new Ground(own, Storage.open(store), folder, null).closedAtTheEnd();
        }
        GuestDatabase guest = GuestDatabase.on(server);
        Settings.Store store = new Settings.Store(guest.where(), Path.of("."), 2, null);
        return new Ground(own, Storage.open(store), null, guest).closedAtTheEnd();
    }

    /// As `serve` would run on this database: on a free port, without keys.
    Settings served(Limits limits) {
        return new Settings(
                new Settings.Web("127.0.0.1", 0, "http://127.0.0.1:8080"),
                new Settings.Store(storage.where(), Path.of("."), own.store().pool(), null),
                own.dial(),
                own.retries(),
                limits,
                SimulatedProvider.NAME,
                own.simulated(),
                own.bolna(),
                own.elevenLabs(),
                own.twilio(),
                new Settings.Secrets(null, null, null),
                own.results(),
                own.sweepInterval());
    }

    /// Over connections of the measurement's own.
    PostgresStores stores(Limits limits) {
        return storage.stores(served(limits));
    }

    Connection connect() throws SQLException {
        Coordinates where = storage.where();
        return DriverManager.getConnection(where.url(), where.user(), where.password());
    }

    /// @param name the accounts are `name-0`, `name-1` and so on
    /// @param limit calls live at once of each
    List<AccountId> accounts(String name, int count, int limit) {
        PostgresStores stores = stores(own.limits());
        List<AccountId> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            AccountId id = new AccountId(name + "-" + i);
            stores.accounts().create(Account.named(id).withConcurrencyLimit(limit));
            made.add(id);
        }
        return made;
    }

    /// A key of each account.
    List<String> keys(List<AccountId> accounts) {
        PostgresStores stores = stores(own.limits());
        IssueKeys issue =
                new IssueKeys(
                        stores.accounts(),
                        stores.apiKeys(),
                        new SecureRandom(),
                        InstantSource.system());
        return accounts.stream()
                .map(account -> issue.issue(account, false).orElseThrow().secret())
                .toList();
    }

    /// Waits until the running service has no follow-up work left, or it takes too long.
    void settle() throws SQLException, InterruptedException {
        for (int i = 0; i < PATIENCE_SECONDS && number(FOLLOW_UPS) > 0; i++) {
            Thread.sleep(Duration.ofSeconds(1));
        }
    }

    /// Empties every table that calls write. No service may run here: its transactions lock the tables
    /// in orders of their own.
    void clear() throws SQLException {
        run(
                """
                TRUNCATE calls, call_ends, call_queue, active_calls, executions, call_events,
                    notices, provider_events, conversations, call_transcripts, call_attempts, jobs, leads CASCADE
                """);
        run("VACUUM ANALYZE");
    }

    /// How large the tables and their indexes are, what is dead in them included.
    long bytes() throws SQLException {
        return number("SELECT pg_database_size(current_database())");
    }

    /// Runs one statement that answers one number.
    long number(String sql) throws SQLException {
        try (Connection connection = connect();
                var answer = connection.createStatement().executeQuery(sql)) {
            answer.next();
            return answer.getLong(1);
        }
    }

    void run(String sql) throws SQLException {
        try (Connection connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// Also done if the process is told to end before.
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        storage.close();
        if (guest != null) {
            guest.close();
        }
        if (folder != null) {
            delete(folder);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }
}
