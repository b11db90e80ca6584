package linekeeper.bootstrap.endtoend;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/// Kills the packaged service and its database again and again under load and audits what it promised
/// (A4, A8, D3, H1-H4, I1). Run from the folder of its module; see `CONTRIBUTING.md`. The database of a
/// campaign that found something is kept under `target`.
@Command(
        name = "crash-campaign",
        description = {
            "Kill the packaged service and its database at random under load, then audit.",
            "Exit code 1: a promise was broken; the evidence is printed."
        },
        mixinStandardHelpOptions = true)
final class CrashCampaign implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(names = "--rounds", defaultValue = "50", description = "of load, crash and recovery")
    private int rounds;

    @Option(
            names = "--nodes",
            defaultValue = "2",
            description = "1: with the embedded database; more share one (${DEFAULT-VALUE})")
    private int nodes;

    @Option(names = "--seed", description = "of all random choices; else a fresh one")
    private @Nullable Long seed;

    private CrashCampaign() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new CrashCampaign()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        long chosen = seed == null ? new SecureRandom().nextInt(1_000_000) : seed;
        Path folder = Files.createTempDirectory(Path.of("target"), "crashes-");
        CrashReport report = CrashRun.of(new CrashTerms(chosen, rounds, nodes), folder);
        PrintWriter out = spec.commandLine().getOut();
        report.evidence().forEach(out::println);
        out.println(report.summary());
        if (!report.evidence().isEmpty()) {
            return 1;
        }
        delete(folder);
        return 0;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
