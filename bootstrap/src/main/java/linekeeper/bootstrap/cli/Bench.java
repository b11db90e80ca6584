package linekeeper.bootstrap.cli;

import linekeeper.bootstrap.bench.BenchRun;
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
        return 0;
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
