package linekeeper.bootstrap.demo;

import linekeeper.application.port.CallFilter;
import linekeeper.application.port.PageRequest;
import linekeeper.bootstrap.Engine;
import linekeeper.bootstrap.Storage;
import linekeeper.bootstrap.settings.Settings;
import linekeeper.domain.account.Account;
import linekeeper.domain.call.EndedCall;
import linekeeper.persistence.PostgresStores;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Two accounts, 200 calls, the real engine on a real database that is thrown away afterwards.
public final class DemoRun {
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Settings settings;
    private final PrintWriter out;
    private final boolean terminal;
    private final List<Tenant> tenants = List.of(new Tenant("shop", 2), new Tenant("clinic", 5));
    private final HandOvers handOvers = new HandOvers();

    public DemoRun(Settings settings, PrintWriter out, boolean terminal) {
        this.settings = settings;
        this.out = out;
        this.terminal = terminal;
    }

    /// True: every call ended, no limit was exceeded, no campaign call went before a direct one.
    public boolean run() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("linekeeper-demo");
        try (Storage storage =
                Storage.open(new Settings.Store(null, folder, settings.store().pool(), null))) {
            return run(storage.stores(settings));
        } finally {
            delete(folder);
        }
    }

    private boolean run(PostgresStores stores) throws InterruptedException {
        for (Tenant tenant : tenants) {
            stores.accounts()
                    .create(Account.named(tenant.id()).withConcurrencyLimit(tenant.limit()));
        }
        Engine engine = new Engine(stores.engine(), settings, handOvers);
        engine.start();
        try {
            Campaign campaign = new Campaign(engine.calls().placeCall());
            Instant begin = Instant.now();
            Thread caller = Thread.ofVirtual().start(() -> place(campaign));
            boolean inTime = watch(stores, begin);
            caller.join();
            Duration took = Duration.between(begin, Instant.now());
            Summary summary =
                    new Summary(ended(stores), campaign.accepted(), tenants, handOvers, took);
            summary.print(out);
            return inTime && summary.good(total());
        } finally {
            engine.stop();
        }
    }

    private void place(Campaign campaign) {
        try {
            campaign.run(tenants);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean watch(PostgresStores stores, Instant begin) throws InterruptedException {
        Screen screen = new Screen(out, terminal);
        while (true) {
            Instant now = Instant.now();
            Duration elapsed = Duration.between(begin, now);
            tenants.forEach(t -> t.saw(stores.engine().queue().status(t.id(), now)));
            int ended = ended(stores).size();
            screen.show(tenants, ended, total(), elapsed);
            if (ended == total() || elapsed.compareTo(LIMIT) > 0) {
                return ended == total();
            }
            Thread.sleep(LOOK);
        }
    }

    private int total() {
        return tenants.size() * Campaign.callsPerTenant();
    }

    private List<EndedCall> ended(PostgresStores stores) {
        List<EndedCall> ended = new ArrayList<>();
        for (Tenant tenant : tenants) {
            stores.engine()
                    .calls()
                    .list(tenant.id(), CallFilter.ANY, new PageRequest(500, null))
                    .calls()
                    .forEach(
                            call -> {
                                if (call instanceof EndedCall over) {
                                    ended.add(over);
                                }
                            });
        }
        return ended;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
