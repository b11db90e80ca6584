package linekeeper.bootstrap.cli;

import linekeeper.bootstrap.demo.DemoRun;
import linekeeper.bootstrap.settings.Settings;
import linekeeper.telephony.simulated.SimulatedProvider;
import linekeeper.telephony.simulated.SimulatedSettings;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.Console;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/// Shows the queue at work.
@Command(
        name = "demo",
        description = "Run 200 simulated calls through the queue and watch.",
        mixinStandardHelpOptions = true)
final class Demo implements Callable<Integer> {
    private static final SimulatedSettings ACCELERATED =
            new SimulatedSettings(Duration.ofMillis(700), 0.6, 0.8, Duration.ofMillis(30));

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Settings own = Settings.ofProcess();
        Settings settings =
                new Settings(
                        own.web(),
                        own.store(),
                        own.dial(),
                        own.retries(),
                        own.limits(),
                        SimulatedProvider.NAME,
                        ACCELERATED,
                        own.bolna(),
                        own.elevenLabs(),
                        own.twilio(),
                        own.secrets(),
                        own.results(),
                        own.sweepInterval());
        boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        return new DemoRun(settings, spec.commandLine().getOut(), terminal).run() ? 0 : 1;
    }
}
