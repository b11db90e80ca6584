package linekeeper.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// How long a request's head may be and how long a sender may be silent (I3).
class RequestLimitsTest {
    private static final String HOST = "Host: localhost\r\n";
    private static final String POST =
            "POST /api/calls/outbound HTTP/1.1\r\n" + HOST + "Content-Type: application/json\r\n";

    @ParameterizedTest
    @CsvSource({"7000, 0, 404", "9000, 0, 414", "0, 15000, 404", "0, 17000, 431"})
    void limitsTheHead(int path, int header, int status) throws IOException {
        String request =
                "GET /" + "x".repeat(path) + " HTTP/1.1\r\n" + HOST + "X: " + "y".repeat(header);

        try (TestApi api = TestApi.keyless()) {
            assertThat(api.raw(request + "\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 " + status)
                    .contains("application/problem+json", "X-Request-Id: ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET /api/ca",
                "GET /api/calls HTTP/1.1\r\nHo",
                POST + "Content-Length: 9\r\n\r\n{",
                POST + "Transfer-Encoding: chunked\r\n\r\n5\r\n{"
            })
    void dropsASilentSender(String sent) throws IOException {
        try (TestApi api = TestApi.impatient();
                Socket socket = silentAfter(sent, api)) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void freesASilentSendersPlace() throws IOException {
        try (TestApi api = TestApi.impatient();
                Socket socket = silentAfter(POST + "Content-Length: 9\r\n\r\n{", api)) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);

            assertThat(api.get("/api/calls").status()).isEqualTo(200);
        }
    }

    private static Socket silentAfter(String sent, TestApi api) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port());
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
