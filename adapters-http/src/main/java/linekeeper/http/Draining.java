package linekeeper.http;

import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

import java.time.Duration;

/// Lets running requests end before the server stops (I5). Helidon's own stop waits for connections
/// instead, so one that is kept alive after its answer would hold it up for the whole grace period.
final class Draining implements Filter {
    private int running;
    private boolean closed;

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (!enter()) {
            refuse(response);
            return;
        }
        try {
            chain.proceed();
        } finally {
            leave();
        }
    }

    /// Refuses further requests, and returns once the running ones have been answered or `atMost` has
    /// passed.
    synchronized void drain(Duration atMost) {
        closed = true;
        long end = System.nanoTime() + atMost.toNanos();
        try {
            for (long left = atMost.toNanos(); running > 0 && left > 0; ) {
                // Whole milliseconds, and never zero: that would be for ever.
                wait(left / 1_000_000 + 1);
                left = end - System.nanoTime();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean enter() {
        if (!closed) {
            running++;
        }
        return !closed;
    }

    private synchronized void leave() {
        running--;
        notifyAll();
    }

    private static void refuse(RoutingResponse response) {
        response.header(HeaderValues.CONNECTION_CLOSE);
        Reply.problem(
                response,
                Problem.of(Status.SERVICE_UNAVAILABLE_503, "The service is stopping; repeat")
                        .withHeader("Retry-After", "1"));
    }
}
