package linekeeper.bootstrap.bench;

import linekeeper.bootstrap.Service;
import linekeeper.persistence.Database.Work;

import java.sql.SQLException;
import java.time.Duration;

/// Reads what calls cost while they go on. Not thread-safe.
final class CostMeter {
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final String WAL = "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')";

    private final Ground ground;
    private final Service service;
    private final Load load;
    private final Thread watcher = Thread.ofPlatform().name("bench-memory").unstarted(this::watch);
    private Reading first = new Reading(0, 0, new Work(0, 0), 0);
    private volatile boolean over;
    private volatile long rss;
    private volatile long heap;

    CostMeter(Ground ground, Service service, Load load) {
        this.ground = ground;
        this.service = service;
        this.load = load;
    }

    void begin() throws SQLException {
        watcher.start();
        first = read();
    }

    /// That have ended since the beginning.
    long calls() {
        return load.ended() - first.ended;
    }

    Cost end() throws SQLException, InterruptedException {
        Reading last = read();
        over = true;
        watcher.join();
        Work work = last.work.since(first.work);
        return new Cost(
                (last.nanos - first.nanos) / 1e9,
                last.ended - first.ended,
                work.commits(),
                work.statements(),
                last.wal - first.wal,
                rss,
                heap,
                0);
    }

    private Reading read() throws SQLException {
        long wal = ground.number(WAL);
        return new Reading(System.nanoTime(), load.ended(), service.work(), wal);
    }

    private void watch() {
        try {
            while (!over) {
                rss = Math.max(rss, Machine.residentMb());
                heap = Math.max(heap, Machine.heapMb());
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Reading(long nanos, long ended, Work work, long wal) {}
}
