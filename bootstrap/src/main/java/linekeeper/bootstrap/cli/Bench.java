package linekeeper.bootstrap.cli;

import jakarta.json.JsonObject;

import linekeeper.bootstrap.bench.BenchRun;
import linekeeper.bootstrap.bench.SoakRun;
import linekeeper.bootstrap.settings.Settings;
import linekeeper.persistence.Coordinates;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// Measures the service on this machine.
@Command(
        name = "bench",
        description = {
            "Measure on this machine: calls per second, latencies, and what a call costs.",
            "Uses a fresh embedded database, or a fresh database on a server of yours."
        },
        mixinStandardHelpOptions = true)
final class Bench implements Callable<Integer> {
    private static final Duration SHORTEST_SOAK = Duration.ofSeconds(10);
    private static final int HIGHEST_RATE = 100_000;

    @Spec private CommandSpec spec;

    @Option(names = "--quick", description = "less of everything, in under a minute")
    private boolean quick;

    @Option(names = "--json", description = "print one JSON object instead of a table")
    private boolean json;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "SECTION",
            description = "baseline, lifecycle, handover, accept, webhook, depth; else all")
    private List<String> only = List.of();

    @Option(
            names = "--soak",
            paramLabel = "DURATION",
            description = {
                "instead: whole calls at half speed for that long (PT10M), a long transaction",
                "open for three tenths of it; shows ten times what should be flat"
            })
    private @Nullable Duration soak;

    @Option(
            names = "--rate",
            paramLabel = "CALLS",
            description = "for --soak: calls per second, instead of half speed")
    private @Nullable Double rate;

    @Option(
            names = "--database-url",
            paramLabel = "JDBC_URL",
            description = "a PostgreSQL server; a database is made there and dropped afterwards")
    private @Nullable String url;

    @Option(names = "--database-user", defaultValue = "linekeeper", paramLabel = "USER")
    private String user = "";

    @Option(names = "--database-password", defaultValue = "", paramLabel = "PASSWORD")
    private String password = "";

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        if (!BenchRun.SECTIONS.containsAll(only)) {
            throw new ParameterException(spec.commandLine(), "--only knows " + BenchRun.SECTIONS);
        }
        if (rate != null && (soak == null || !(rate > 0 && rate <= HIGHEST_RATE))) {
            throw new ParameterException(
                    spec.commandLine(), "--rate is for --soak: above 0, at most " + HIGHEST_RATE);
        }
        if (soak != null) {
            soak(soak);
        } else {
            measure();
        }
        return 0;
    }

    private void soak(Duration length) throws IOException, SQLException, InterruptedException {
        if (length.compareTo(SHORTEST_SOAK) < 0) {
            throw new ParameterException(spec.commandLine(), "--soak is PT10S at least");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter lines = json ? spec.commandLine().getErr() : out;
        JsonObject seen = new SoakRun(Settings.ofProcess(), server(), length, rate, lines).run();
        if (json) {
            out.println(seen);
            out.flush();
        }
    }

    private void measure() throws IOException, SQLException, InterruptedException {
        BenchRun run =
                new BenchRun(
                        Settings.ofProcess(),
                        server(),
                        quick,
                        section -> only.isEmpty() || only.contains(section),
                        spec.commandLine().getErr(),
                        terminal());
        BenchRun.Result result = run.run();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(result.json());
            out.flush();
        } else {
            result.table().print(out);
        }
    }

    private @Nullable Coordinates server() {
        if (url == null) {
            return null;
        }
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new ParameterException(
                    spec.commandLine(), "--database-url must begin with jdbc:postgresql:");
        }
        return new Coordinates(url, user, password);
    }

    private static boolean terminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }
}
