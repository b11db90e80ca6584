package linekeeper.bootstrap.bench;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;

import linekeeper.bootstrap.Service;
import linekeeper.bootstrap.settings.Settings;
import linekeeper.domain.AccountId;
import linekeeper.persistence.Coordinates;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/// Whole calls at half speed, or at a given rate, for a long time, with a reader that stays in one transaction from three
/// tenths of it to six: what should be flat is printed ten times.
public final class SoakRun {
    private static final int TENTHS = 10;
    private static final int READER_FROM = 3;
    private static final int READER_UNTIL = 6;
    private static final int ACCOUNTS = 50;
    private static final int LIMIT = 8;
    private static final int IN_FLIGHT = 512;

    private final Settings settings;
    private final @Nullable Coordinates server;
    private final Duration length;
    private final @Nullable Double wanted;
    private final PrintWriter out;
    private final InstantProvider provider = new InstantProvider();

    /// @param server whose databases are used; null: the embedded one
    /// @param length after full speed was measured for a tenth of it, half a minute at most
    /// @param wanted calls per second; null: half of full speed
    /// @param out a line for each tenth
    public SoakRun(
            Settings settings,
            @Nullable Coordinates server,
            Duration length,
            @Nullable Double wanted,
            PrintWriter out) {
        this.settings = settings;
        this.server = server;
        this.length = length;
        this.wanted = wanted;
        this.out = out;
    }

    /// What was seen, tenth by tenth.
    public JsonObject run() throws IOException, SQLException, InterruptedException {
        try (Ground ground = Ground.open(settings, server)) {
            List<AccountId> accounts = ground.accounts("soak", ACCOUNTS, LIMIT);
            Service service = Service.start(ground.served(Lifecycle.LIMITS), provider);
            try {
                double full = fullSpeed(service, accounts);
                double perSecond = wanted == null ? full / 2 : wanted;
                print(
                        "%s%nfull speed: %,.0f calls/s, from here on: %,.0f calls/s"
                                .formatted(Machine.here(), full, perSecond));
                return soak(ground, service, accounts, full, perSecond);
            } finally {
                service.stop();
            }
        }
    }

    private double fullSpeed(Service service, List<AccountId> accounts)
            throws InterruptedException {
        Duration share = length.dividedBy(2L * TENTHS);
        Duration time =
                share.compareTo(Duration.ofSeconds(15)) < 0 ? share : Duration.ofSeconds(15);
        try (Load load = Load.start(service, provider, accounts, IN_FLIGHT, 0)) {
            Thread.sleep(time);
            return rate(load, time);
        }
    }

    private static double rate(Load load, Duration time) throws InterruptedException {
        long before = load.ended();
        long began = System.nanoTime();
        Thread.sleep(time);
        return (load.ended() - before) * 1e9 / (System.nanoTime() - began);
    }

    private JsonObject soak(
            Ground ground, Service service, List<AccountId> accounts, double full, double perSecond)
            throws SQLException, InterruptedException {
        JsonArrayBuilder tenths = Json.createArrayBuilder();
        try (Load load = Load.start(service, provider, accounts, IN_FLIGHT, perSecond);
                LongReader reader = new LongReader(ground)) {
            for (int tenth = 0; tenth < TENTHS; tenth++) {
                reader.set(tenth >= READER_FROM && tenth < READER_UNTIL);
                load.resetLatencies();
                double rate = rate(load, length.dividedBy(TENTHS));
                tenths.add(tell(tenth + 1, rate, load, reader.isOpen(), Bloat.of(ground)));
            }
        }
        return Json.createObjectBuilder()
                .add("machine", Machine.here().json())
                .add("full_per_second", Findings.rounded(full))
                .add("per_second", Findings.rounded(perSecond))
                .add("soak", tenths)
                .build();
    }

    private JsonObject tell(int tenth, double rate, Load load, boolean reader, Bloat bloat) {
        print(
                "%2d/10%s  %,.0f calls/s  accept %s %s  whole call %s %s%n       dead %s  MB %s"
                        .formatted(
                                tenth,
                                reader ? " reader" : "",
                                rate,
                                load.accepted().median(),
                                load.accepted().others(),
                                load.lives().median(),
                                load.lives().others(),
                                bloat.dead(),
                                bloat.megabytes()));
        return Json.createObjectBuilder()
                .add("tenth", tenth)
                .add("reader", reader)
                .add("per_second", Findings.rounded(rate))
                .add("accept_ms", load.accepted().json())
                .add("call_ms", load.lives().json())
                .add("dead", Json.createObjectBuilder(bloat.dead()))
                .add("megabytes", Json.createObjectBuilder(bloat.megabytes()))
                .build();
    }

    private void print(String line) {
        out.println(line);
        out.flush();
    }
}
