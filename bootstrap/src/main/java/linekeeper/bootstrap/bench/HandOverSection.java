package linekeeper.bootstrap.bench;

import linekeeper.bootstrap.Service;
import linekeeper.domain.AccountId;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/// How soon a call is dialed: when a slot comes free for one that waits, and when one comes in while a
/// slot is free.
final class HandOverSection implements Section {
    private static final int WARM_UP = 50;
    private static final int ACCOUNTS = 50;
    private static final int LIMIT = 8;

    private final Ground ground;
    private final Scale scale;
    private final InstantProvider provider = new InstantProvider();
    private final Lifecycle lifecycle;

    /// @param lifecycle says what the full load is, if it was measured
    HandOverSection(Ground ground, Scale scale, Lifecycle lifecycle) {
        this.ground = ground;
        this.scale = scale;
        this.lifecycle = lifecycle;
    }

    @Override
    public String key() {
        return "handover";
    }

    @Override
    public String name() {
        return "hand-over of slots";
    }

    @Override
    public Duration expected() {
        return Duration.ofMillis(12L * 3 * scale.samples()).plus(scale.warmUp());
    }

    @Override
    public void run(Findings findings) throws SQLException, InterruptedException {
        ground.clear();
        AccountId probed = ground.accounts("probe", 1, 1).getFirst();
        provider.keepSilentOn(probed::equals);
        Service service = Service.start(ground.served(Lifecycle.LIMITS), provider);
        try {
            acceptToDial(service, findings);
            tell(findings, "handover_idle", "hand-over, idle", measure(service, probed));
            if (lifecycle.typical() > 0) {
                atHalfLoad(service, findings, probed);
            }
        } finally {
            service.stop();
        }
    }

    private void acceptToDial(Service service, Findings findings) throws InterruptedException {
        DialProbe probe =
                new DialProbe(service, provider, ground.accounts("dial", 1, 10).getFirst());
        probe.run(WARM_UP);
        probe.latency().reset();
        probe.run(scale.samples());
        findings.put("accept_to_dial_ms", probe.latency().json());
        findings.row("accept to dial", probe.latency().median(), probe.latency().others());
    }

    private void atHalfLoad(Service service, Findings findings, AccountId probed)
            throws InterruptedException {
        List<AccountId> accounts = ground.accounts("half", ACCOUNTS, LIMIT);
        double half = lifecycle.typical() / 2;
        try (Load load = Load.start(service, provider, accounts, scale.inFlight(), half)) {
            Thread.sleep(scale.warmUp());
            long before = load.ended();
            long began = System.nanoTime();
            HandOverProbe probe = measure(service, probed);
            double rate = (load.ended() - before) * 1e9 / (System.nanoTime() - began);
            findings.put("handover_load", rate);
            tell(findings, "handover", "hand-over, %,.0f calls/s".formatted(rate), probe);
        }
    }

    private HandOverProbe measure(Service service, AccountId probed) throws InterruptedException {
        HandOverProbe probe = new HandOverProbe(service, provider, probed);
        probe.run(WARM_UP);
        probe.fromFree().reset();
        probe.fromEnd().reset();
        probe.run(scale.samples());
        return probe;
    }

    private static void tell(Findings findings, String name, String what, HandOverProbe probe) {
        findings.put(name + "_ms", probe.fromFree().json());
        findings.put(name + "_from_report_ms", probe.fromEnd().json());
        findings.row(what, probe.fromFree().median(), probe.fromFree().others());
        findings.row(
                "", probe.fromEnd().median(), probe.fromEnd().others() + ", from the end's report");
    }
}
