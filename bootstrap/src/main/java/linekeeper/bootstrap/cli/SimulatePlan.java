package linekeeper.bootstrap.cli;

import linekeeper.application.planning.Plan;
import linekeeper.application.planning.PlanResult;
import linekeeper.application.planning.PlanRun;
import linekeeper.bootstrap.planning.HtmlReport;
import linekeeper.bootstrap.planning.JsonReport;
import linekeeper.bootstrap.planning.PeopleFlags;
import linekeeper.bootstrap.planning.PlanFlags;
import linekeeper.bootstrap.planning.ScenarioFile;
import linekeeper.bootstrap.planning.TextReport;
import linekeeper.domain.InvalidValue;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/// The part of `simulate` that answers what a plan would take (G2).
final class SimulatePlan {
    @Parameters(
            paramLabel = "SCENARIO",
            arity = "0..1",
            description = "a YAML file; the flags that describe a plan are ignored then")
    private @Nullable Path scenario;

    @Option(names = "--seed", description = "decides everything that is left to chance")
    private @Nullable Long seed;

    @Option(names = "--json", description = "print one JSON object instead of tables")
    private boolean json;

    @Option(names = "--html", paramLabel = "FILE", description = "write a page with plots, too")
    private @Nullable Path html;

    @ArgGroup(validate = false, heading = "%nA plan in flags:%n")
    private PlanFlags flags = new PlanFlags();

    @ArgGroup(validate = false, heading = "%nWhat people do, in flags:%n")
    private PeopleFlags people = new PeopleFlags();

    /// @return the exit code: 1 if not every call had ended by the plan's horizon
    int run(PrintWriter out) {
        Plan plan = plan();
        long began = System.nanoTime();
        PlanResult result = PlanRun.of(plan);
        double seconds = (System.nanoTime() - began) / 1e9;
        if (html != null) {
            write(html, new HtmlReport(result).page());
        }
        if (json) {
            out.println(new JsonReport(result, seconds).json());
            out.flush();
        } else {
            new TextReport(result, seconds).print(out);
        }
        return result.finished() ? 0 : 1;
    }

    private static void write(Path file, String page) {
        try {
            Files.writeString(file, page);
        } catch (IOException e) {
            throw new InvalidValue("--html", "cannot be written: " + e);
        }
    }

    /// Nothing that is asked for here may be missing from what runs instead of a plan.
    void refuseOutput() {
        if (json || html != null) {
            throw new InvalidValue(json ? "--json" : "--html", "is for plans");
        }
        if (scenario != null) {
            throw new InvalidValue("SCENARIO", "is for plans");
        }
    }

    /// As asked, else 1.
    long seed() {
        return seed == null ? 1 : seed;
    }

    private Plan plan() {
        if (scenario == null) {
            return flags.plan(seed(), people.people());
        }
        Plan plan = ScenarioFile.read(scenario);
        return seed == null ? plan : plan.seeded(seed);
    }
}
