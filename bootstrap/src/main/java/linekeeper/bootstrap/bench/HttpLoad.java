package linekeeper.bootstrap.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;

/// Asks over many connections from one thread, which costs the processors little. Every connection asks
/// again as soon as it is answered, and every status is checked. Not thread-safe.
final class HttpLoad implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 30_000;

    private final Selector selector;
    private final List<HttpConnection> connections = new ArrayList<>();
    private final Latency latency = new Latency();
    private int waiting;

    /// @param scripts one per connection
    HttpLoad(int port, List<? extends Script> scripts) {
        try {
            selector = Selector.open();
            for (Script script : scripts) {
                connections.add(HttpConnection.open(port, script, selector));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The service cannot be reached", e);
        }
    }

    /// Asks for `nanos`, or until nothing is left to ask, and waits for the last answers.
    ///
    /// @throws IllegalStateException an answer was not 2xx: the figures are void
    Answered run(long nanos) {
        try {
            latency.reset();
            long began = System.nanoTime();
            for (HttpConnection connection : connections) {
                waiting += connection.send() ? 1 : 0;
            }
            while (waiting > 0) {
                round(System.nanoTime() - began < nanos);
            }
            return new Answered(latency.count(), (System.nanoTime() - began) / 1e9, latency);
        } catch (IOException e) {
            throw new UncheckedIOException("The service does not answer", e);
        }
    }

    private void round(boolean more) throws IOException {
        if (selector.select(PATIENCE_MILLIS) == 0) {
            throw new IOException("No answer in " + PATIENCE_MILLIS + " ms");
        }
        for (SelectionKey key : selector.selectedKeys()) {
            HttpConnection connection = (HttpConnection) key.attachment();
            if (connection.receive()) {
                take(connection);
                waiting -= more && connection.send() ? 0 : 1;
            }
        }
        selector.selectedKeys().clear();
    }

    private void take(HttpConnection connection) {
        latency.record(connection.nanos());
        if (connection.status() / 100 != 2) {
            throw new IllegalStateException("Not accepted: " + connection.answer());
        }
    }

    @Override
    public void close() {
        try {
            for (HttpConnection connection : connections) {
                connection.close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param latency of every answer
    record Answered(long count, double seconds, Latency latency) {
        double perSecond() {
            return count / seconds;
        }
    }
}
