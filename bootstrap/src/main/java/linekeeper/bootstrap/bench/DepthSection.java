package linekeeper.bootstrap.bench;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;

import linekeeper.domain.AccountId;
import linekeeper.domain.account.Limits;

import java.sql.SQLException;
import java.time.Duration;

/// Whether a claim and an admission take longer the more calls wait and the more are on record.
final class DepthSection implements Section {
    private static final Limits LIMITS = Limits.of(100_000, 1);

    /// Those with many waiting calls are the first ten.
    private static final int SAMPLED_ACCOUNTS = 200;

    private static final int STEPS_PER_POLL = 20;
    private static final int LOADED_PER_SECOND = 40_000;

    private final Ground ground;
    private final Scale scale;

    DepthSection(Ground ground, Scale scale) {
        this.ground = ground;
        this.scale = scale;
    }

    @Override
    public String key() {
        return "depth";
    }

    @Override
    public String name() {
        return "deep queues and long records";
    }

    @Override
    public Duration expected() {
        Depth deepest = scale.depths().getLast();
        int rows = deepest.queued() + deepest.ended() + deepest.accounts();
        return Duration.ofSeconds(5 + rows / LOADED_PER_SECOND)
                .plusMillis(15L * scale.samples() * scale.depths().size());
    }

    @Override
    public void run(Findings findings) throws SQLException, InterruptedException {
        ground.clear();
        DeepLoad load = new DeepLoad(ground);
        JsonArrayBuilder all = Json.createArrayBuilder();
        Depth before = new Depth(0, 0, 0);
        load.accounts(scale.depths().getLast().accounts());
        for (Depth depth : scale.depths()) {
            if (depth.ended() > before.ended()) {
                load.ended(depth.ended() - before.ended(), depth.accounts());
            }
            load.queued(before.queued(), depth.queued() - before.queued(), depth.accounts());
            before = depth;
            tell(findings, all, depth, measure());
        }
        findings.put("depth", all.build());
    }

    private HandDriven measure() throws SQLException {
        ground.run("CHECKPOINT");
        HandDriven driven = new HandDriven(ground.stores(LIMITS));
        steps(driven, Math.min(SAMPLED_ACCOUNTS, scale.samples()));
        driven.reset();
        steps(driven, scale.samples());
        return driven;
    }

    private static void steps(HandDriven driven, int count) {
        for (int i = 0; i < count; i++) {
            driven.step(new AccountId("deep-" + i % SAMPLED_ACCOUNTS));
            if (i % STEPS_PER_POLL == 0) {
                driven.pollOnce();
            }
        }
    }

    private static void tell(
            Findings findings, JsonArrayBuilder all, Depth depth, HandDriven driven) {
        all.add(
                Json.createObjectBuilder()
                        .add("queued", depth.queued())
                        .add("ended", depth.ended())
                        .add("accounts", depth.accounts())
                        .add("claim_p50_ms", driven.claim().percentile(50))
                        .add("claim_p99_ms", driven.claim().percentile(99))
                        .add("accept_p50_ms", driven.accept().percentile(50))
                        .add("accept_p99_ms", driven.accept().percentile(99))
                        .add("poll_p50_ms", driven.poll().percentile(50)));
        findings.row(
                "claim, accept",
                "%.2f, %.2f ms"
                        .formatted(driven.claim().percentile(99), driven.accept().percentile(99)),
                "p99; %,d queued, %,d ended, %,d accounts; a look at all of them %.0f ms"
                        .formatted(
                                depth.queued(),
                                depth.ended(),
                                depth.accounts(),
                                driven.poll().percentile(50)));
    }
}
