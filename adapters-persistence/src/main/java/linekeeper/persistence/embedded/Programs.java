package linekeeper.persistence.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs PostgreSQL's programs. PostgreSQL refuses to run as root, so root runs them in a user
/// namespace of their own, where they are nobody in particular.
final class Programs {
    private static final long LIMIT_SECONDS = 60;

    private final Path bin;
    private final Path log;

    /// @param log where the programs' own words go
    Programs(Path folder, Path log) {
        this.bin = folder.resolve("bin");
        this.log = log;
    }

    /// @throws IOException it failed or did not end within a minute; the message quotes the log
    void run(String program, List<String> arguments) throws IOException {
        if (!succeeds(program, arguments)) {
            throw new IOException(program + " failed: " + lastWords());
        }
    }

    boolean succeeds(String program, List<String> arguments) throws IOException {
        Process process =
                new ProcessBuilder(command(program, arguments))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + program + " ran", e);
        }
    }

    private List<String> command(String program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "--user"));
        }
        command.add(bin.resolve(program).toString());
        command.addAll(arguments);
        return command;
    }

    private String lastWords() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }
}
