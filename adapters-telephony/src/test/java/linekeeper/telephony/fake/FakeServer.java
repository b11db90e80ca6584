package linekeeper.telephony.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// A provider's API over real HTTP, which goes wrong on demand: what the fakes share. Thread-safe.
///
/// @param <F> how a create goes wrong
public abstract class FakeServer<F> implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final long LONGEST_HANG_MILLIS = 60_000;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Deque<F> faults = new ArrayDeque<>();
    private volatile CountDownLatch release = new CountDownLatch(1);
    private volatile int port;
    private volatile @Nullable HttpServer server;

    /// Listens, where it did before if it did.
    public final void comeUp() {
        try {
            HttpServer next =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
            next.setExecutor(threads);
            next.createContext("/", this::handle);
            next.start();
            port = next.getAddress().getPort();
            server = next;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Connections are refused from now on. What it knows it keeps.
    public final void goDown() {
        HttpServer current = server;
        if (current != null) {
            current.stop(0);
        }
    }

    public final URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /// Lets everything that hangs go on.
    public final void release() {
        release.countDown();
        release = new CountDownLatch(1);
    }

    @Override
    public void close() {
        release.countDown();
        goDown();
        threads.shutdownNow();
    }

    /// The next creates go wrong, one after the other.
    protected final void willGoWrong(Collection<F> next) {
        synchronized (faults) {
            faults.addAll(next);
        }
    }

    /// How this create goes wrong; null: it does not.
    protected final @Nullable F nextFault() {
        synchronized (faults) {
            return faults.poll();
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        handle(exchange, new String(body, StandardCharsets.UTF_8));
    }

    protected abstract void handle(HttpExchange exchange, String body) throws IOException;

    /// No answer until the fake is released.
    protected final void hang(HttpExchange exchange) {
        pause(LONGEST_HANG_MILLIS);
        exchange.close();
    }

    /// Less if the fake is released.
    protected final void pause(long millis) {
        try {
            boolean released = release.await(millis, TimeUnit.MILLISECONDS);
            assert released || millis >= 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    protected static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            parameters.put(
                    pair.substring(0, equals),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return parameters;
    }

    public static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }
}
