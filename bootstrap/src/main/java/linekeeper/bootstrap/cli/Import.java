package linekeeper.bootstrap.cli;

import linekeeper.application.ImportCalls;
import linekeeper.bootstrap.MicrosClock;
import linekeeper.bootstrap.Storage;
import linekeeper.bootstrap.importing.ImportFiles;
import linekeeper.bootstrap.importing.ImportFiles.Format;
import linekeeper.bootstrap.importing.ImportRun;
import linekeeper.bootstrap.settings.Settings;
import linekeeper.domain.AccountId;
import linekeeper.domain.ProviderName;
import linekeeper.persistence.PostgresStores;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;

/// Imports the records of past calls, or takes an import back; also while the service runs.
@Command(
        name = "import",
        description = {
            "Import the records of past calls from CSV (with a header) or JSON lines.",
            "Importing a file again adds nothing. Exit code 1: something was rejected or failed."
        },
        mixinStandardHelpOptions = true)
final class Import implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "- is standard input")
    private List<String> files = List.of();

    @Option(names = "--account", defaultValue = "default", description = "whose calls they were")
    private String account = "";

    @Option(names = "--format", description = "csv or jsonl; else the file's name says")
    private @Nullable String format;

    @Option(
            names = "--provider",
            defaultValue = "imported",
            description = "of records that name none (${DEFAULT-VALUE})")
    private String provider = "";

    @Option(names = "--errors", description = "a file for everything that is rejected")
    private @Nullable Path errors;

    @Option(
            names = "--show",
            defaultValue = "20",
            description = "how many rejected records are shown (${DEFAULT-VALUE})")
    private int shown;

    @Option(names = "--undo", paramLabel = "IMPORT", description = "take this import back instead")
    private @Nullable String undo;

    @Override
    public Integer call() {
        AccountId owner = new AccountId(account);
        if (undo == null) {
            check();
        } else if (!files.isEmpty()) {
            throw usage("--undo takes no files");
        }
        Settings settings = Settings.ofProcess();
        try (Storage storage = Storage.visit(settings.store())) {
            PostgresStores stores = storage.stores(settings);
            if (stores.accounts().find(owner).isEmpty()) {
                spec.commandLine().getErr().println("There is no account " + account + ".");
                return 1;
            }
            ImportCalls importCalls = new ImportCalls(stores.pastCalls(), new MicrosClock());
            return undo == null ? run(importCalls, owner) : takeBack(importCalls, owner, undo);
        }
    }

    private void check() {
        if (files.isEmpty()) {
            throw usage("which FILE?");
        }
        for (String file : files) {
            boolean standard = file.equals(ImportFiles.STANDARD_INPUT);
            if (!standard && !Files.isReadable(Path.of(file))) {
                throw usage(file + " cannot be read");
            }
            if (format() == null && Format.of(file).isEmpty()) {
                throw usage("--format csv or jsonl is needed for " + file);
            }
        }
    }

    private @Nullable Format format() {
        if (format == null) {
            return null;
        }
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "csv" -> Format.CSV;
            case "jsonl", "json", "ndjson" -> Format.JSONL;
            default -> throw usage("--format must be csv or jsonl");
        };
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private int run(ImportCalls importCalls, AccountId owner) {
        PrintWriter out = spec.commandLine().getOut();
        String id = UUID.randomUUID().toString();
        out.println("import " + id);
        boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        ImportFiles job =
                new ImportFiles(
                        owner, new ProviderName(provider), id, format(), errors, shown, terminal);
        try {
            ImportRun run = job.run(importCalls, files, out, new MicrosClock().instant());
            out.println(
                    "added %d, known %d, rejected %d"
                            .formatted(run.added(), run.known(), run.rejected()));
            return run.rejected() == 0 ? 0 : 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private int takeBack(ImportCalls importCalls, AccountId owner, String id) {
        PrintWriter out = spec.commandLine().getOut();
        long removed = importCalls.undo(owner, id, sofar -> out.println("removed " + sofar));
        if (removed == 0) {
            spec.commandLine().getErr().println("There is nothing of import " + id + ".");
            return 1;
        }
        out.println("Took import " + id + " back: " + removed + " calls.");
        return 0;
    }
}
