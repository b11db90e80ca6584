package linekeeper.domain.provider;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/// Keeps calls from a provider that fails (H6): five failures in a row open it, then one call every ten
/// seconds is let through as a probe, and a success closes it. A failure is a dial that did not reach
/// the provider or was not answered; a refusal is an answer.
public sealed interface CircuitBreaker {
    int FAILURES_TO_OPEN = 5;
    Duration PROBE_INTERVAL = Duration.ofSeconds(10);

    /// A provider that nothing bad is known of.
    static CircuitBreaker closed() {
        return new Closed(0, null);
    }

    /// A dial failed.
    CircuitBreaker failed(Instant now);

    /// A dial was answered.
    CircuitBreaker succeeded(Instant now);

    /// A call was given to the provider.
    CircuitBreaker given(Instant now);

    /// How many more calls it may be given now.
    int room(Instant now);

    /// As the public API spells it.
    String wireName();

    /// Calls go through.
    ///
    /// @param failures in a row, fewer than five
    /// @param since when it was closed again; null: it never was open
    record Closed(int failures, @Nullable Instant since) implements CircuitBreaker {
        @Override
        public CircuitBreaker failed(Instant now) {
            return failures + 1 < FAILURES_TO_OPEN
                    ? new Closed(failures + 1, since)
                    : new Open(now, now.plus(PROBE_INTERVAL), false);
        }

        @Override
        public CircuitBreaker succeeded(Instant now) {
            return failures == 0 ? this : new Closed(0, since);
        }

        @Override
        public CircuitBreaker given(Instant now) {
            return this;
        }

        @Override
        public int room(Instant now) {
            return Integer.MAX_VALUE;
        }

        @Override
        public String wireName() {
            return "closed";
        }
    }

    /// The provider is tried by one probe at a time.
    ///
    /// @param probeAt when the next probe may go
    /// @param probing one is on its way (half-open)
    record Open(Instant since, Instant probeAt, boolean probing) implements CircuitBreaker {
        @Override
        public CircuitBreaker failed(Instant now) {
            return new Open(since, probeAt, false);
        }

        @Override
        public CircuitBreaker succeeded(Instant now) {
            return new Closed(0, now);
        }

        @Override
        public CircuitBreaker given(Instant now) {
            return new Open(since, now.plus(PROBE_INTERVAL), true);
        }

        @Override
        public int room(Instant now) {
            return probeAt.isAfter(now) ? 0 : 1;
        }

        @Override
        public String wireName() {
            return probing ? "half_open" : "open";
        }
    }
}
