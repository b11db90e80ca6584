package linekeeper.bootstrap.bench;

import linekeeper.bootstrap.bench.BaselineWorker.Stopping;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What a queue made the usual way does here: every step of a call a transaction of its own, the limit
/// checked by counting under an advisory lock. Plain JDBC, no process in between.
final class Baseline implements Section {
    private static final int THREADS = 32;
    static final int ACCOUNTS = 50;
    private static final String TABLES =
            """
            CREATE SCHEMA naive;
            CREATE TABLE naive.calls (
                account_id text NOT NULL, call_id text NOT NULL, phone_number text NOT NULL,
                status text NOT NULL, execution_id text, created_at timestamptz NOT NULL,
                ended_at timestamptz, PRIMARY KEY (account_id, call_id));
            CREATE INDEX ON naive.calls (account_id, created_at) WHERE status = 'queued';
            CREATE TABLE naive.active_calls (
                account_id text NOT NULL, call_id text NOT NULL, execution_id text,
                started_at timestamptz NOT NULL, PRIMARY KEY (account_id, call_id));
            CREATE TABLE naive.notices (
                account_id text NOT NULL, call_id text NOT NULL, type text NOT NULL,
                created_at timestamptz NOT NULL, PRIMARY KEY (account_id, call_id, type))
            """;

    private final Ground ground;
    private final Scale scale;

    Baseline(Ground ground, Scale scale) {
        this.ground = ground;
        this.scale = scale;
    }

    @Override
    public String key() {
        return "baseline";
    }

    @Override
    public String name() {
        return "four transactions a call, plain JDBC";
    }

    @Override
    public Duration expected() {
        return scale.warmUp().dividedBy(2).plus(scale.measured()).plusSeconds(1);
    }

    @Override
    public void run(Findings findings) throws SQLException, InterruptedException {
        ground.run(TABLES);
        ground.run("CHECKPOINT");
        double rate = measure();
        ground.run("DROP SCHEMA naive CASCADE");
        findings.put("baseline", rate);
        findings.row(
                "baseline",
                "%,.0f /s".formatted(rate),
                "four transactions a call, limit counted under a lock, plain JDBC, %d threads"
                        .formatted(THREADS));
    }

    private double measure() throws SQLException, InterruptedException {
        Stopping stopping = new Stopping();
        List<BaselineWorker> workers = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            BaselineWorker worker = new BaselineWorker(ground.connect(), i, stopping);
            workers.add(worker);
            threads.add(Thread.ofPlatform().name("baseline-" + i).start(worker));
        }
        Thread.sleep(scale.warmUp().dividedBy(2));
        long before = ended(workers);
        long began = System.nanoTime();
        Enough.await(scale.measured(), () -> ended(workers) - before);
        double rate = (ended(workers) - before) * 1e9 / (System.nanoTime() - began);
        stopping.now();
        for (Thread thread : threads) {
            thread.join();
        }
        stopping.complain();
        return rate;
    }

    private static long ended(List<BaselineWorker> workers) {
        return workers.stream().mapToLong(BaselineWorker::ended).sum();
    }
}
