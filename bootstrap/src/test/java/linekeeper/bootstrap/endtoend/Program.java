package linekeeper.bootstrap.endtoend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The packaged program, as users run it.
final class Program {
    private static final List<String> JAVA =
            List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    Path.of("target", "linekeeper.jar").toAbsolutePath().toString(),
                    "linekeeper.bootstrap.Main");

    private Program() {}

    /// @param settings all it gets to know besides this process's own environment
    static ProcessBuilder of(Map<String, String> settings, String... arguments) {
        ProcessBuilder builder =
                new ProcessBuilder(Stream.concat(JAVA.stream(), Stream.of(arguments)).toList());
        builder.environment().keySet().removeIf(name -> name.startsWith("LINEKEEPER_"));
        builder.environment().putAll(settings);
        return builder.redirectErrorStream(true);
    }

    /// Runs a command to its end.
    static Ended run(Map<String, String> settings, String... arguments)
            throws IOException, InterruptedException {
        Process process = of(settings, arguments).start();
        byte[] output = process.getInputStream().readAllBytes();
        return new Ended(process.waitFor(), new String(output, StandardCharsets.UTF_8));
    }

    /// @param output both streams
    record Ended(int code, String output) {
        List<String> lines() {
            return output.lines().toList();
        }
    }
}
