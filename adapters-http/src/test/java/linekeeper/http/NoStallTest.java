package linekeeper.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.IntPredicate;
import java.util.stream.LongStream;

/// Answers do not wait for the acknowledgement of what was sent before, which takes some 40 ms. Told
/// from a slow machine by what a server that does nothing takes there.
class NoStallTest {
    private static final int ROUNDS = 61;
    private static final Duration HALF_A_STALL = Duration.ofMillis(20);
    private static final int SLOWER = 10;

    private static final String BODY =
            "{\"custom_call_id\":\"a\",\"phone_number\":\"+15550001111\"}";
    private static final String HEAD =
            "POST /api/calls/outbound HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: application/json\r\nContent-Length: "
                    + BODY.length()
                    + "\r\n\r\n";
    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".getBytes(StandardCharsets.US_ASCII);

    @Test
    void answersPostsWithoutWaitingForAcknowledgements() throws IOException {
        Duration bare = medianOfABareServer();
        try (TestApi api = TestApi.keyless()) {
            medianAt(api.port());
            Duration median = medianAt(api.port());

            Duration slow = bare.multipliedBy(SLOWER);
            assertThat(median).isLessThan(slow.compareTo(HALF_A_STALL) > 0 ? slow : HALF_A_STALL);
        }
    }

    @Test
    void setsUpEverySocketSo() throws IOException {
        try (Socket socket = new Socket()) {
            new PatientSockets(Duration.ofSeconds(3)).configureSocket(socket);

            assertThat(socket.getTcpNoDelay()).isTrue();
            assertThat(socket.getSoTimeout()).isEqualTo(3_000);
        }
    }

    private static Duration medianOfABareServer() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answer(server));
            return medianAt(server.getLocalPort());
        }
    }

    private static void answer(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.setTcpNoDelay(true);
            while (skipPast(socket.getInputStream(), c -> c == '}')) {
                socket.getOutputStream().write(ANSWER);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Sends head and body apart, as many clients do.
    private static Duration medianAt(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            long[] nanos = new long[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                long start = System.nanoTime();
                socket.getOutputStream().write(HEAD.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write(BODY.getBytes(StandardCharsets.US_ASCII));
                assertThat(skipPast(socket.getInputStream(), c -> c == '}')).isTrue();
                nanos[i] = System.nanoTime() - start;
            }
            return Duration.ofNanos(LongStream.of(nanos).sorted().skip(ROUNDS / 2).limit(1).sum());
        }
    }

    private static boolean skipPast(InputStream in, IntPredicate last) throws IOException {
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (last.test(c)) {
                return true;
            }
        }
        return false;
    }
}
