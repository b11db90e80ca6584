package linekeeper.bootstrap.cli;

import linekeeper.bootstrap.bench.BenchRun;
import linekeeper.bootstrap.settings.Settings;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.Callable;

/// Starts the service, takes calls and reports over HTTP, and stops, so that the JVM can note down what the next start needs.
/// For the launcher.
@Command(
        name = "rehearse",
        description = "Start, take a few calls, stop (the launcher's, after a build).",
        hidden = true,
        mixinStandardHelpOptions = true)
final class Rehearse implements Callable<Integer> {
    private static final Set<String> SECTIONS = Set.of("accept", "webhook");

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        BenchRun.tiny(Settings.ofProcess(), SECTIONS::contains, spec.commandLine().getErr()).run();
        return 0;
    }
}
