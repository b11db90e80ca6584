package linekeeper.http.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

import linekeeper.application.port.CallObserver;
import linekeeper.application.port.DialResult;
import linekeeper.application.port.NoticeObserver;
import linekeeper.domain.AccountId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.notice.Notice;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// Counts and times what this process sees go by (D7). Thread-safe.
final class Counted implements CallObserver, NoticeObserver {
    private static final double[] WAITS = {0.1, 0.5, 1, 5, 15, 60, 300, 900, 3_600, 14_400, 86_400};
    private static final double[] HAND_OVERS = {
        0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60
    };
    private static final double[] LOOKUPS = {
        0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5
    };
    private static final double NANOS = 1e9;

    private final HandOvers handOvers = new HandOvers();
    private final Histogram wait;
    private final Histogram handOver;
    private final Histogram lookup;
    private final Counter passedOver;
    private final Counter beyondLimit;
    private final Counter dials;
    private final Counter ended;
    private final Counter notices;

    /// @param provider whose dials have their lines from the beginning
    Counted(PrometheusRegistry registry, ProviderName provider) {
        wait =
                histogram(
                        "wait", "From when a call was due until it had its slot.", WAITS, registry);
        handOver =
                histogram(
                        "handover",
                        "From when a slot was free until the account's next waiting call was"
                                + " dialed.",
                        HAND_OVERS,
                        registry);
        lookup =
                Histogram.builder()
                        .name("linekeeper_lookup_seconds")
                        .help("Looking up one call by its id or by its execution's.")
                        .labelNames("by")
                        .classicOnly()
                        .classicUpperBounds(LOOKUPS)
                        .register(registry);
        passedOver =
                counter(
                        "priority_violations_total",
                        "Campaign calls that got a slot in the turn of a direct call; always 0.",
                        registry);
        beyondLimit =
                counter(
                        "limit_violations_total",
                        "Slots given out beyond a limit; always 0.",
                        registry);
        dials =
                counter(
                        "dials_total",
                        "Dials by the provider's answer.",
                        registry,
                        "provider",
                        "result");
        ended = counter("calls_ended_total", "Calls that are over.", registry, "status");
        notices = counter("notifications_total", "Results sent to backends.", registry, "result");
        nameWhatIsZero(provider);
    }

    private static Histogram histogram(
            String name, String help, double[] bounds, PrometheusRegistry registry) {
        return Histogram.builder()
                .name("linekeeper_" + name + "_seconds")
                .help(help)
                .classicOnly()
                .classicUpperBounds(bounds)
                .register(registry);
    }

    private static Counter counter(
            String name, String help, PrometheusRegistry registry, String... labels) {
        return Counter.builder()
                .name("linekeeper_" + name)
                .help(help)
                .labelNames(labels)
                .register(registry);
    }

    /// A rate misses the first one of a series that begins with it.
    private void nameWhatIsZero(ProviderName provider) {
        for (String result : List.of("accepted", "refused", "not_sent", "unknown")) {
            dials.initLabelValues(provider.value(), result);
        }
        Arrays.stream(CallStatus.values())
                .filter(CallStatus::terminal)
                .forEach(status -> ended.initLabelValues(status.wireName()));
        List.of("delivered", "failed", "dead").forEach(result -> notices.initLabelValues(result));
        Arrays.stream(LookupBy.values()).forEach(by -> lookup.initLabelValues(by.label()));
    }

    @Override
    public void reserved(ReservedCall call) {
        wait.observe(Math.max(0, seconds(call.slot().waited())));
    }

    @Override
    public void passedOver(int calls) {
        passedOver.inc(calls);
    }

    @Override
    public void slotFreed(AccountId account, Instant now) {
        handOvers.freed(account, now);
    }

    @Override
    public void dialing(ReservedCall call, Instant now) {
        handOvers.dialing(call, now).ifPresent(took -> handOver.observe(seconds(took)));
    }

    @Override
    public void dialed(ReservedCall call, DialResult result) {
        String provider = call.accepted().provider().value();
        dials.labelValues(provider, word(result)).inc();
    }

    @Override
    public void ended(EndedCall call) {
        ended.labelValues(call.status().wireName()).inc();
    }

    @Override
    public void delivered(Notice notice) {
        notices.labelValues("delivered").inc();
    }

    @Override
    public void failed(Notice notice) {
        notices.labelValues("failed").inc();
    }

    @Override
    public void died(Notice notice) {
        notices.labelValues("dead").inc();
    }

    void lookedUp(LookupBy by, long nanos) {
        lookup.labelValues(by.label()).observe(nanos / NANOS);
    }

    void beyondLimit(int slots) {
        beyondLimit.inc(slots);
    }

    private static String word(DialResult result) {
        return switch (result) {
            case DialResult.Accepted accepted -> "accepted";
            case DialResult.Refused refused -> "refused";
            case DialResult.NotSent notSent -> "not_sent";
            case DialResult.Unknown unknown -> "unknown";
        };
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOS;
    }
}
