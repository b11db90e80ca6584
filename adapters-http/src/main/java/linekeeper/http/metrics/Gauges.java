package linekeeper.http.metrics;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;

import linekeeper.application.port.Figures.Active;
import linekeeper.application.port.Figures.Load;
import linekeeper.application.port.Figures.Trouble;
import linekeeper.application.port.Figures.Waiting;
import linekeeper.domain.AccountId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.CallType;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What is so now. Made anew from every reading, so that an account that has nothing any more has no
/// line either.
final class Gauges {
    private static final String OTHER = "other";

    private Gauges() {}

    /// @param always an account that has its lines even if it has nothing
    /// @param provider likewise
    static List<MetricSnapshot> of(Load load, AccountId always, ProviderName provider) {
        Map<Labels, Double> waiting = new TreeMap<>();
        for (CallType type : CallType.values()) {
            waiting.put(Labels.of("account", always.value(), "type", type.wireName()), 0.0);
        }
        for (Waiting one : load.waiting()) {
            Labels labels =
                    Labels.of("account", account(one.account()), "type", one.type().wireName());
            waiting.merge(labels, (double) one.calls(), Double::sum);
        }
        Map<Labels, Double> active = new TreeMap<>();
        active.put(Labels.of("account", always.value(), "provider", provider.value()), 0.0);
        for (Active one : load.active()) {
            Labels labels =
                    Labels.of(
                            "account", account(one.account()), "provider", one.provider().value());
            active.merge(labels, (double) one.slots(), Double::sum);
        }
        return List.of(
                gauge("queue_depth", "Calls that wait.", waiting),
                gauge("slots_active", "Slots in use.", active));
    }

    static List<MetricSnapshot> of(Trouble trouble) {
        return List.of(
                gauge(
                        "slots_unbound",
                        "Slots without execution id for more than 10 s.",
                        trouble.unbound()),
                gauge(
                        "slots_stale",
                        "Bound calls not heard of for LINEKEEPER_CALL_STALE.",
                        trouble.stale()));
    }

    static MetricSnapshot database(boolean answers) {
        return gauge("database_up", "Whether the database answered this scrape.", answers ? 1 : 0);
    }

    private static MetricSnapshot gauge(String name, String help, long value) {
        return gauge(name, help, Map.of(Labels.EMPTY, (double) value));
    }

    private static MetricSnapshot gauge(String name, String help, Map<Labels, Double> values) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name("linekeeper_" + name).help(help);
        values.forEach(
                (labels, value) ->
                        gauge.dataPoint(
                                GaugeDataPointSnapshot.builder()
                                        .labels(labels)
                                        .value(value)
                                        .build()));
        return gauge.build();
    }

    /// An account that bears that name is counted in with the rest.
    private static String account(@Nullable AccountId account) {
        return account == null ? OTHER : account.value();
    }
}
