package linekeeper.bootstrap.bench;

import jakarta.json.Json;
import jakarta.json.JsonObject;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

import java.util.concurrent.TimeUnit;

/// How long something took, every time; to a microsecond or three digits. Thread-safe.
final class Latency {
    private static final long LONGEST = TimeUnit.MINUTES.toMicros(5);

    private final Histogram micros = new ConcurrentHistogram(LONGEST, 3);

    void record(long nanos) {
        micros.recordValue(Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 0, LONGEST));
    }

    long count() {
        return micros.getTotalCount();
    }

    void reset() {
        micros.reset();
    }

    /// In milliseconds.
    double percentile(double percent) {
        return micros.getValueAtPercentile(percent) / 1000.0;
    }

    JsonObject json() {
        return Json.createObjectBuilder()
                .add("p50", percentile(50))
                .add("p99", percentile(99))
                .add("p999", percentile(99.9))
                .build();
    }

    /// The median, for a table.
    String median() {
        return "%.2f ms".formatted(percentile(50));
    }

    /// The others, for a table.
    String others() {
        return "p50; p99 %.2f ms, p99.9 %.2f ms".formatted(percentile(99), percentile(99.9));
    }
}
