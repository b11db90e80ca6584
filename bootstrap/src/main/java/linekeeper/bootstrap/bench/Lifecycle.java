package linekeeper.bootstrap.bench;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;

import linekeeper.bootstrap.Service;
import linekeeper.domain.AccountId;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/// Whole calls through the service as it is served: accepted, reserved, dialed, bound, answered, ended,
/// announced. What counts is how many ended.
final class Lifecycle implements Section {
    /// Slots are there for four fifths of the calls in flight: the others wait.
    private static final List<Crowd> CROWDS =
            List.of(new Crowd(1, 400), new Crowd(50, 8), new Crowd(1_000, 2));

    /// The one whose cost per call is told.
    private static final int TYPICAL = 50;

    private final Ground ground;
    private final Scale scale;
    private final Service service;
    private final InstantProvider provider;
    private double typical;

    Lifecycle(Ground ground, Scale scale, Service service, InstantProvider provider) {
        this.ground = ground;
        this.scale = scale;
        this.service = service;
        this.provider = provider;
    }

    @Override
    public String name() {
        return "whole calls";
    }

    @Override
    public Duration expected() {
        return scale.warmUp().plus(scale.measured()).multipliedBy(CROWDS.size());
    }

    @Override
    public void run(Findings findings) throws SQLException, InterruptedException {
        JsonObjectBuilder rates = Json.createObjectBuilder();
        for (Crowd crowd : CROWDS) {
            List<AccountId> accounts =
                    ground.accounts("life-" + crowd.accounts, crowd.accounts, crowd.limit);
            Cost cost = measure(accounts);
            rates.add(Integer.toString(crowd.accounts), Math.round(cost.perSecond()));
            findings.row(
                    "lifecycle",
                    "%,.0f /s".formatted(cost.perSecond()),
                    "%,d accounts with %,d slots each, %d calls in flight"
                            .formatted(crowd.accounts, crowd.limit, scale.inFlight()));
            if (crowd.accounts == TYPICAL) {
                cost.tell(findings);
                typical = cost.perSecond();
            }
        }
        findings.put("lifecycle", rates.build());
    }

    private Cost measure(List<AccountId> accounts) throws SQLException, InterruptedException {
        ground.clear();
        ground.run("CHECKPOINT");
        try (Load load = Load.start(service, provider, accounts, scale.inFlight(), 0)) {
            Thread.sleep(scale.warmUp());
            CostMeter meter = new CostMeter(ground, service, load);
            meter.begin();
            Thread.sleep(scale.measured());
            return meter.end();
        }
    }

    /// Calls per second over the typical number of accounts, once that was measured.
    double typical() {
        return typical;
    }

    /// @param limit slots of each account
    private record Crowd(int accounts, int limit) {}
}
