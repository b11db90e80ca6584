package linekeeper.bootstrap.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A POST that is made once and sent often. Thread-safe.
final class HttpRequest {
    private final byte[] head;

    /// @param headers besides the usual, each with its line's end
    HttpRequest(String path, String headers) {
        this.head =
                """
                POST %s HTTP/1.1\r
                Host: 127.0.0.1\r
                Content-Type: application/json\r
                %sContent-Length:\
                """
                        .formatted(path, headers)
                        .getBytes(StandardCharsets.US_ASCII);
    }

    /// @param body JSON in ASCII
    void put(ByteBuffer buffer, String body) {
        buffer.put(head);
        buffer.put((" " + body.length() + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        buffer.put(body.getBytes(StandardCharsets.US_ASCII));
    }
}
