package linekeeper.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.bootstrap.endtoend.Program.Ended;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A start that cannot succeed: the process ends at once and says in words what stands in the way. One
/// that can, but is of little use, says that.
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class StartIT {
    @TempDir private Path folder;

    @Test
    void endsWhenSomebodyElseListensThere() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            Ended ended = serve(Map.of("LINEKEEPER_DATA", data(), "SERVER_PORT", port));

            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.output()).contains("127.0.0.1:" + port).doesNotContain("\tat ");
        }
    }

    @Test
    void endsWhenTheDatabaseIsOutOfReach() throws Exception {
        Ended ended = serve(Map.of("LINEKEEPER_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/x"));

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.output())
                .contains("The database cannot be reached", "127.0.0.1:1")
                .doesNotContain("\tat ");
    }

    @Test
    void endsWhenTheDataFolderCannotBeMade() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        Ended ended = serve(Map.of("LINEKEEPER_DATA", file.toString()));

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.output()).contains(file.toString(), "Exception").doesNotContain("\tat ");
    }

    @Test
    void saysThatItsProviderIsNotSetUp() throws Exception {
        Process service =
                Program.of(
                                Map.of(
                                        "LINEKEEPER_DATA", data(),
                                        "SERVER_PORT", "0",
                                        "LINEKEEPER_PROVIDER", "twilio"),
                                "serve")
                        .start();
        try (BufferedReader said = service.inputReader()) {
            assertThat(said.readLine()).contains("listens on");
            assertThat(said.readLine()).isEqualTo("'twilio' is not set up and will refuse calls");
        } finally {
            service.destroy();
            service.waitFor();
        }
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private static Ended serve(Map<String, String> settings) throws Exception {
        return Program.run(settings, "serve");
    }
}
