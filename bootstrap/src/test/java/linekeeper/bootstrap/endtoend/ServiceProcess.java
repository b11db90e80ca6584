package linekeeper.bootstrap.endtoend;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The packaged service in a process of its own, to be asked over HTTP and killed without warning.
final class ServiceProcess implements AutoCloseable {
    static final String ADMIN_KEY = "test-admin-key";
    static final String WEBHOOK_TOKEN = "test-webhook-token";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, String> environment;
    private final int port;
    private Process process;

    private ServiceProcess(Map<String, String> environment, int port) throws IOException {
        this.environment = environment;
        this.port = port;
        this.process = launch();
    }

    /// @param settings besides the port and the admin key
    static ServiceProcess start(Map<String, String> settings) throws Exception {
        ServiceProcess service = launch(settings);
        service.awaitReady();
        return service;
    }

    private static ServiceProcess launch(Map<String, String> settings) throws IOException {
        int port = freePort();
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("SERVER_PORT", Integer.toString(port));
        environment.put("LINEKEEPER_ADMIN_KEY", ADMIN_KEY);
        environment.put("LINEKEEPER_BOLNA_WEBHOOKTOKEN", WEBHOOK_TOKEN);
        return new ServiceProcess(environment, port);
    }

    /// As `kill -9`.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// As SIGTERM; how the process ended.
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the service does not stop");
        }
        return process.exitValue();
    }

    void restart() throws Exception {
        begin();
        awaitReady();
    }

    /// Begins to start again after its end.
    void begin() throws IOException {
        process = launch();
    }

    URI webhook() {
        return uri("/webhooks/bolna/" + WEBHOOK_TOKEN);
    }

    HttpResponse<String> get(String account, String path) throws Exception {
        return client.send(request(account, path).GET().build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String account, String path, String json)
            throws IOException, InterruptedException {
        return client.send(
                request(account, path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
    }

    /// As a provider posts it: without a key, with headers of its own.
    HttpResponse<String> webhook(String path, String body, Map<String, String> headers)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(path))
                        .timeout(Duration.ofSeconds(30))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> put(String account, String path, String json) throws Exception {
        return client.send(
                request(account, path)
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String account, String path) {
        return HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + ADMIN_KEY)
                .header("X-Account-Id", account);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private Process launch() throws IOException {
        return Program.of(environment, "serve")
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(
                                Path.of("target", "service-" + port + ".log").toFile()))
                .start();
    }

    void awaitReady() throws Exception {
        Until.holds(
                PATIENCE,
                "the service on port " + port + " is ready",
                () -> process.isAlive() && isReady());
    }

    private boolean isReady() throws Exception {
        try {
            return get("default", "/observe/health/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        client.shutdownNow();
    }
}
