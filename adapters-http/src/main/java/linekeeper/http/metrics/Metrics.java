package linekeeper.http.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

import linekeeper.application.port.CallObserver;
import linekeeper.application.port.Calls;
import linekeeper.application.port.Figures;
import linekeeper.application.port.NoticeObserver;
import linekeeper.domain.AccountId;
import linekeeper.domain.ProviderName;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The service's figures in Prometheus's text format. What was counted is of this process since its
/// start; what waits and is live is of the whole database. Thread-safe.
public final class Metrics {
    /// What [#all] and [#of] give, in UTF-8.
    public static final String MEDIA_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    private final Counted counted;
    private final Figures figures;
    private final ProviderName provider;
    private final Readings readings;

    /// @param provider whose lines are there from the beginning
    /// @param stale bound calls that were not heard of for that long count as stale
    public Metrics(Figures figures, ProviderName provider, Duration stale, InstantSource clock) {
        this.counted = new Counted(registry, provider);
        this.figures = figures;
        this.provider = provider;
        this.readings = new Readings(figures, stale, clock);
    }

    /// Counts what it is told.
    public CallObserver observer() {
        return counted;
    }

    /// Counts what becomes of notices.
    public NoticeObserver noticeObserver() {
        return counted;
    }

    /// The same calls, their look-ups timed.
    public Calls timed(Calls calls) {
        return new TimedCalls(calls, counted);
    }

    /// Everything, of all accounts; while the store is away, what needs no store.
    public byte[] all() {
        var reading = readings.latest();
        counted.beyondLimit(readings.takeNewBeyondLimit());
        List<MetricSnapshot> all = new ArrayList<>(counts());
        all.add(Gauges.database(reading.isPresent()));
        reading.ifPresent(
                read -> {
                    all.addAll(Gauges.of(read.load(), AccountId.DEFAULT, provider));
                    all.addAll(Gauges.of(read.trouble()));
                });
        return text(all);
    }

    /// What needs no store.
    public byte[] withoutStore() {
        List<MetricSnapshot> all = new ArrayList<>(counts());
        all.add(Gauges.database(false));
        return text(all);
    }

    /// What waits and is live of one account.
    ///
    /// @throws linekeeper.application.port.StoreUnavailable ask again later
    public byte[] of(AccountId account) {
        return text(Gauges.of(figures.load(account), account, provider));
    }

    private List<MetricSnapshot> counts() {
        return registry.scrape().stream().toList();
    }

    private byte[] text(List<MetricSnapshot> metrics) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            writer.write(text, new MetricSnapshots(metrics), EscapingScheme.DEFAULT);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.toByteArray();
    }
}
