package linekeeper.bootstrap.cli;

import linekeeper.bootstrap.bench.BenchRun;
import linekeeper.bootstrap.settings.Settings;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.Callable;

/// Goes once through all that a service does, so that the JVM can note down what the next start needs.
/// For the launcher.
@Command(
        name = "rehearse",
        description = "Go once through all that a service does (the launcher's, after a build).",
        hidden = true,
        mixinStandardHelpOptions = true)
final class Rehearse implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        BenchRun.tiny(Settings.ofProcess(), spec.commandLine().getErr()).run();
        return 0;
    }
}
