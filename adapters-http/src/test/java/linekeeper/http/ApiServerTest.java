package linekeeper.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// How the server starts, holds under load and stops (I3, I5).
class ApiServerTest {
    private static final String READY = "/observe/health/ready";

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @Test
    void answersRunningRequestsBeforeItStops() throws InterruptedException {
        try (TestApi api = TestApi.keyless()) {
            api.readiness(this::block);
            CompletableFuture<TestApi.Answer> running = api.getLater(READY);
            entered.await();

            CompletableFuture<Void> stopped = CompletableFuture.runAsync(api::stop);
            int status = 200;
            while (status == 200) {
                status = api.get("/observe/health/live").status();
            }
            assertThat(status).isEqualTo(503);
            assertThat(stopped).isNotDone();
            released.countDown();

            assertThat(running.join().status()).isEqualTo(200);
            assertThat(stopped).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    @Test
    void doesNotStartWhereSomebodyElseListens() {
        try (TestApi first = TestApi.keyless()) {
            assertThatThrownBy(() -> TestApi.at(first.port()))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("127.0.0.1:" + first.port());
        }
    }

    @Test
    void refusesWhatIsTooMuchAtOnce() {
        try (TestApi api = TestApi.narrow()) {
            api.readiness(this::block);

            CompletableFuture<TestApi.Answer> refused = new CompletableFuture<>();
            var all =
                    Stream.generate(() -> api.getLater(READY))
                            .limit(6)
                            .map(answer -> answer.whenComplete((a, e) -> refused.complete(a)))
                            .toList();

            TestApi.Answer first = refused.join();
            assertThat(first.status()).isEqualTo(503);
            assertThat(first.header("Retry-After")).isNotEmpty();
            assertThat(first.header("X-Request-Id")).isNotEmpty();
            assertThat(first.header("Content-Type")).isEqualTo("application/problem+json");
            released.countDown();
            assertThat(all.stream().map(answer -> answer.join().status()))
                    .contains(200)
                    .containsOnly(200, 503);
        }
    }

    @Test
    void needsAKeyWhenOthersThanThisMachineCanReachIt() {
        try (TestApi api = TestApi.on("0.0.0.0")) {
            assertThat(api.get("/api/calls").status()).isEqualTo(401);
        }
    }

    @Test
    void survivesASenderThatGoesAway() throws IOException {
        try (TestApi api = TestApi.keyless()) {
            String head = "POST /api/calls/outbound HTTP/1.1\r\nHost: localhost\r\n";

            String answer = api.raw(head + "Content-Length: 100\r\n\r\n{\"custom");

            assertThat(answer).doesNotContain(" 500 ");
            assertThat(api.get("/observe/health/live").status()).isEqualTo(200);
        }
    }

    private Optional<String> block() {
        entered.countDown();
        try {
            assertThat(released.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }
}
