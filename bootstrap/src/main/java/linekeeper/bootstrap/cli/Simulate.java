package linekeeper.bootstrap.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.util.concurrent.Callable;

/// Runs the service's own queue on virtual time.
@Command(
        name = "simulate",
        description = {
            "Simulate a plan: how long will it take, and how long will calls wait?",
            "Exit code 1: not every call had ended by the plan's horizon."
        },
        mixinStandardHelpOptions = true)
final class Simulate implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private SimulatePlan plan = new SimulatePlan();

    @Override
    public Integer call() throws IOException {
        try {
            return plan.run(spec.commandLine().getOut());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
