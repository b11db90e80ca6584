package linekeeper.bootstrap.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// One kept-alive connection with one request on its way at a time. Reads of an answer what it must:
/// the status, and where it ends. Not thread-safe.
final class HttpConnection implements AutoCloseable {
    private static final int LARGEST = 64 * 1024;
    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);

    private final SocketChannel channel;
    private final Script script;
    private final ByteBuffer out = ByteBuffer.allocateDirect(LARGEST);
    private final ByteBuffer in = ByteBuffer.allocate(LARGEST);
    private long sentAt;

    private HttpConnection(SocketChannel channel, Script script) {
        this.channel = channel;
        this.script = script;
    }

    static HttpConnection open(int port, Script script, Selector selector) throws IOException {
        SocketChannel channel =
                SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.configureBlocking(false);
        channel.socket().setTcpNoDelay(true);
        HttpConnection connection = new HttpConnection(channel, script);
        channel.register(selector, SelectionKey.OP_READ, connection);
        return connection;
    }

    /// Sends the next request; false: there is none.
    boolean send() throws IOException {
        out.clear();
        if (!script.next(out)) {
            return false;
        }
        out.flip();
        in.clear();
        sentAt = System.nanoTime();
        while (out.hasRemaining()) {
            channel.write(out); // A request is smaller than a socket's buffer.
        }
        return true;
    }

    /// Reads what has come; true: the answer is complete.
    boolean receive() throws IOException {
        if (channel.read(in) < 0) {
            throw new EOFException("The service closed a connection: " + answer());
        }
        int head = headLength();
        return head > 0 && in.position() >= head + bodyLength(head);
    }

    /// Since the request was sent.
    long nanos() {
        return System.nanoTime() - sentAt;
    }

    int status() {
        int status = 0;
        for (int i = STATUS_AT; i < STATUS_AT + 3; i++) {
            status = status * 10 + in.get(i) - '0';
        }
        return status;
    }

    /// As it was read so far.
    String answer() {
        return new String(in.array(), 0, in.position(), StandardCharsets.UTF_8);
    }

    private int headLength() {
        for (int i = 3; i < in.position(); i++) {
            if (in.get(i) == '\n' && in.get(i - 2) == '\n') {
                return i + 1;
            }
        }
        return 0;
    }

    private int bodyLength(int head) throws IOException {
        for (int i = 0; i < head - LENGTH.length; i++) {
            if (in.get(i) == '\n' && isLength(i + 1)) {
                return number(i + 1 + LENGTH.length);
            }
        }
        throw new IOException("An answer without Content-Length: " + answer());
    }

    private boolean isLength(int at) {
        for (int i = 0; i < LENGTH.length; i++) {
            if ((in.get(at + i) | 0x20) != (LENGTH[i] | 0x20)) {
                return false;
            }
        }
        return true;
    }

    private int number(int at) {
        int number = 0;
        for (int i = at; in.get(i) != '\r'; i++) {
            if (in.get(i) != ' ') {
                number = number * 10 + in.get(i) - '0';
            }
        }
        return number;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
