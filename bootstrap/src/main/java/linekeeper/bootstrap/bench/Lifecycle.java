package linekeeper.bootstrap.bench;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;

import linekeeper.bootstrap.Service;
import linekeeper.domain.AccountId;
import linekeeper.domain.account.Limits;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/// Whole calls through the service as it is served: accepted, reserved, dialed, bound, answered, ended,
/// announced. What counts is how many ended.
final class Lifecycle implements Section {
    /// Slots are there for four fifths of the calls in flight: the others wait.
    private static final List<Crowd> CROWDS =
            List.of(new Crowd(1, 400), new Crowd(50, 8), new Crowd(1_000, 2));

    static final Limits LIMITS = Limits.of(1_000, 2);

    /// The one whose cost per call is told.
    private static final int TYPICAL = 50;

    private final Ground ground;
    private final Scale scale;
    private double typical;

    Lifecycle(Ground ground, Scale scale) {
        this.ground = ground;
        this.scale = scale;
    }

    @Override
    public String key() {
        return "lifecycle";
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
            rates.add(Integer.toString(crowd.accounts), run(crowd, findings));
        }
        findings.put("lifecycle", rates.build());
    }

    private double run(Crowd crowd, Findings findings) throws SQLException, InterruptedException {
        ground.clear();
        List<AccountId> accounts =
                ground.accounts("life-" + crowd.accounts, crowd.accounts, crowd.limit);
        InstantProvider provider = new InstantProvider();
        Service service = Service.start(ground.served(LIMITS), provider);
        try {
            return tell(crowd, measure(accounts, service, provider), findings);
        } finally {
            service.stop();
        }
    }

    private double tell(Crowd crowd, Cost cost, Findings findings) {
        findings.row(
                "lifecycle",
                "%,.0f /s".formatted(cost.perSecond()),
                "%,d accounts with %,d slots each, %d calls in flight"
                        .formatted(crowd.accounts, crowd.limit, scale.inFlight()));
        if (crowd.accounts == TYPICAL) {
            typical = cost.perSecond();
            cost.tell(findings);
        }
        return Findings.rounded(cost.perSecond());
    }

    private Cost measure(List<AccountId> accounts, Service service, InstantProvider provider)
            throws SQLException, InterruptedException {
        ground.run("CHECKPOINT");
        long empty = ground.bytes();
        Load load = Load.start(service, provider, accounts, scale.inFlight(), 0);
        Cost cost;
        try (load) {
            Thread.sleep(scale.warmUp());
            CostMeter meter = new CostMeter(ground, service, load);
            meter.begin();
            Enough.await(scale.measured(), meter::calls);
            cost = meter.end();
        }
        ground.settle();
        return cost.withSize(ground.bytes() - empty, load.ended());
    }

    /// Calls per second over the typical number of accounts, once that was measured.
    double typical() {
        return typical;
    }

    /// @param limit slots of each account
    private record Crowd(int accounts, int limit) {}
}
