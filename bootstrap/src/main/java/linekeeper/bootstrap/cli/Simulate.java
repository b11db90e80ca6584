package linekeeper.bootstrap.cli;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;

/// Runs the service's own queue on virtual time.
@Command(
        name = "simulate",
        description = {
            "Simulate a plan: how long will it take, and how long will calls wait?",
            "With --faults: break what can break; does what must hold still hold?",
            "With --calibrate or --validate: how far can the answers be believed?",
            "Exit code 1: a plan was not over by its horizon, or something did not hold."
        },
        mixinStandardHelpOptions = true)
final class Simulate implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private SimulatePlan plan = new SimulatePlan();

    @ArgGroup(validate = false, heading = "%nFaults instead of a plan:%n")
    private SimulateFaults faults = new SimulateFaults();

    @ArgGroup(validate = false, heading = "%nHow far it can be believed, instead of a plan:%n")
    private SimulateProof proof = new SimulateProof();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            if (!faults.wanted() && !proof.wanted()) {
                return plan.run(out);
            }
            plan.refuseOutput();
            return faults.wanted() ? faults.run(out, isTerminal()) : proof.run(out, plan.seed());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }
}
