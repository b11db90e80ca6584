package linekeeper.bootstrap.cli;

import linekeeper.application.port.VoiceProvider;
import linekeeper.bootstrap.Service;
import linekeeper.bootstrap.settings.Settings;
import linekeeper.domain.ProviderName;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/// Runs the service until it is told to stop.
@Command(
        name = "serve",
        description = "Run the service until it is stopped (Ctrl-C, SIGTERM).",
        mixinStandardHelpOptions = true)
final class Serve implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = Settings.ofProcess();
        Service service = Service.start(settings);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(service, stopped), "stop"));
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "Linekeeper listens on http://%s:%d, calls go through '%s'%n",
                settings.web().host(), service.port(), settings.provider());
        if (!isSetUp(service, settings.provider())) {
            out.printf("'%s' is not set up and will refuse calls%n", settings.provider());
        }
        out.flush();
        stopped.await();
        return 0;
    }

    private static boolean isSetUp(Service service, ProviderName provider) {
        return service.calls()
                .providers()
                .named(provider)
                .map(VoiceProvider::configured)
                .orElse(false);
    }

    private static void stop(Service service, CountDownLatch stopped) {
        try {
            service.stop();
        } finally {
            stopped.countDown();
        }
    }
}
