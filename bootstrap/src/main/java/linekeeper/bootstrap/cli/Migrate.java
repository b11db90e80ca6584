package linekeeper.bootstrap.cli;

import linekeeper.bootstrap.Storage;
import linekeeper.bootstrap.settings.Settings;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/// Brings the schema up to this release and ends.
@Command(
        name = "migrate",
        description = "Bring the database's schema up to this release.",
        mixinStandardHelpOptions = true)
final class Migrate implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        Storage.visit(Settings.ofProcess().store()).close();
        spec.commandLine().getOut().println("The schema is up to date.");
        return 0;
    }
}
