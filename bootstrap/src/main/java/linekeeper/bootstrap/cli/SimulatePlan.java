package linekeeper.bootstrap.cli;

import linekeeper.application.planning.Plan;
import linekeeper.application.planning.PlanResult;
import linekeeper.application.planning.PlanRun;
import linekeeper.bootstrap.planning.HtmlReport;
import linekeeper.bootstrap.planning.JsonReport;
import linekeeper.bootstrap.planning.PlanFlags;
import linekeeper.bootstrap.planning.ScenarioFile;
import linekeeper.bootstrap.planning.TextReport;

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

    /// @return the exit code: 1 if not every call had ended by the plan's horizon
    int run(PrintWriter out) throws IOException {
        Plan plan = plan();
        long began = System.nanoTime();
        PlanResult result = PlanRun.of(plan);
        double seconds = (System.nanoTime() - began) / 1e9;
        if (html != null) {
            Files.writeString(html, new HtmlReport(result).page());
        }
        if (json) {
            out.println(new JsonReport(result, seconds).json());
            out.flush();
        } else {
            new TextReport(result, seconds).print(out);
        }
        return result.finished() ? 0 : 1;
    }

    /// As asked, else 1.
    long seed() {
        return seed == null ? 1 : seed;
    }

    private Plan plan() {
        if (scenario == null) {
            return flags.plan(seed());
        }
        Plan plan = ScenarioFile.read(scenario);
        return seed == null ? plan : plan.seeded(seed);
    }
}
