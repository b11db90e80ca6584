package linekeeper.bootstrap.cli;

import linekeeper.application.port.StoreUnavailable;
import linekeeper.bootstrap.settings.InvalidSettings;
import linekeeper.domain.InvalidValue;
import linekeeper.persistence.embedded.FolderInUse;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.logging.LogManager;

/// `linekeeper COMMAND`: exit code 0 ok, 1 failed, 2 wrong usage.
@Command(
        name = "linekeeper",
        description = "An outbound voice-call queue between your backend and your voice provider.",
        mixinStandardHelpOptions = true,
        version = "linekeeper 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            Serve.class,
            Demo.class,
            Bench.class,
            Rehearse.class,
            Simulate.class,
            AccountCommand.class,
            KeyCommand.class,
            Import.class,
            Migrate.class
        })
public final class CommandLineInterface {
    private CommandLineInterface() {}

    public static int run(String[] arguments) {
        configureLogging();
        return line().execute(arguments);
    }

    static CommandLine line() {
        return new CommandLine(new CommandLineInterface())
                .setParameterExceptionHandler((wrong, arguments) -> refuse(wrong))
                .setExecutionExceptionHandler((failure, line, parsed) -> explain(failure, line));
    }

    /// What is wrong, and where to read on: all the flags there are would hide it.
    private static int refuse(ParameterException wrong) {
        CommandLine line = wrong.getCommandLine();
        line.getErr().println(wrong.getMessage());
        UnmatchedArgumentException.printSuggestions(wrong, line.getErr());
        line.getErr().println("See '" + line.getCommandSpec().qualifiedName() + " --help'.");
        return CommandLine.ExitCode.USAGE;
    }

    /// What the user can mend is told in words, the rest with its trace.
    private static int explain(Exception failure, CommandLine line) {
        boolean plain =
                failure instanceof InvalidSettings
                        || failure instanceof FolderInUse
                        || failure instanceof InvalidValue
                        || failure instanceof UncheckedIOException;
        if (plain) {
            line.getErr().println(failure.getMessage());
        } else if (failure instanceof StoreUnavailable) {
            Throwable cause = failure.getCause();
            line.getErr().println(failure.getMessage() + (cause == null ? "" : ": " + cause));
        } else {
            failure.printStackTrace(line.getErr());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static void configureLogging() {
        if (System.getProperty("java.util.logging.config.file") != null) {
            return;
        }
        try (InputStream settings =
                CommandLineInterface.class.getResourceAsStream("/logging.properties")) {
            if (settings != null) {
                LogManager.getLogManager().readConfiguration(settings);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
