package linekeeper.bootstrap.endtoend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import jakarta.json.JsonObject;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A customer's backend that is told results. Answers a status, or hangs until it is released.
final class Backend implements AutoCloseable {
    private final Queue<Told> told = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile int status = 200;
    private volatile int oddEvery = Integer.MAX_VALUE;
    private volatile Map<String, String> headers = Map.of();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    Backend() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/results");
    }

    void answers(int next, Map<String, String> with) {
        headers = with;
        status = next;
    }

    /// Each so many'th delivery is answered 503.
    void refusesEvery(int deliveries) {
        oddEvery = deliveries;
    }

    void hangs() {
        gate = new CountDownLatch(1);
    }

    void release() {
        gate.countDown();
    }

    /// All that came, in its order.
    List<Told> told() {
        return List.copyOf(told);
    }

    /// What it took, in its order.
    List<Told> taken() {
        return told.stream().filter(one -> one.answered == 200).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int answer = asked.incrementAndGet() % oddEvery == 0 ? 503 : status;
        told.add(
                new Told(
                        exchange.getRequestHeaders().getFirst("webhook-id"),
                        World.json(body),
                        answer));
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        headers.forEach(exchange.getResponseHeaders()::add);
        exchange.sendResponseHeaders(answer, -1);
        exchange.close();
    }

    @Override
    public void close() {
        release();
        server.stop(0);
        threads.shutdownNow();
    }

    record Told(String id, JsonObject body, int answered) {
        String call() {
            return body.getString("call_id");
        }

        String type() {
            return body.getString("type");
        }
    }
}
