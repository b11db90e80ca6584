package linekeeper.http.metrics;

import linekeeper.application.port.Figures;
import linekeeper.application.port.Figures.Load;
import linekeeper.application.port.Figures.Trouble;
import linekeeper.application.port.StoreUnavailable;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// What the store counts over all accounts, read when it is asked for and kept for some seconds, so
/// that any number of watchers cost as much as one; also that it could not be read. Thread-safe.
final class Readings {
    private static final Logger LOG = System.getLogger(Readings.class.getName());
    private static final Duration KEPT = Duration.ofSeconds(5);
    private static final Duration UNBOUND = Duration.ofSeconds(10);
    private static final int MOST_ACCOUNTS = 200;

    private final Figures figures;
    private final Duration stale;
    private final InstantSource clock;
    private final Set<Long> beyondLimit = new HashSet<>();
    private Instant readAt = Instant.EPOCH;
    private @Nullable Reading reading;
    private int newBeyondLimit;

    /// @param stale bound calls should be heard of more often
    Readings(Figures figures, Duration stale, InstantSource clock) {
        this.figures = figures;
        this.stale = stale;
        this.clock = clock;
    }

    record Reading(Load load, Trouble trouble) {}

    /// Empty: the store does not answer.
    synchronized Optional<Reading> latest() {
        Instant now = clock.instant();
        if (!now.isBefore(readAt.plus(KEPT))) {
            reading = read(now);
            // By the clock after it: a store that is away takes its time to say so.
            readAt = clock.instant();
        }
        return Optional.ofNullable(reading);
    }

    /// How many slots beyond a limit were found since this was asked last, each counted once.
    synchronized int takeNewBeyondLimit() {
        int found = newBeyondLimit;
        newBeyondLimit = 0;
        return found;
    }

    private @Nullable Reading read(Instant now) {
        try {
            Trouble trouble = figures.trouble(now.minus(UNBOUND), now.minus(stale));
            note(trouble.beyondLimit());
            return new Reading(figures.load(MOST_ACCOUNTS), trouble);
        } catch (StoreUnavailable e) {
            LOG.log(Level.WARNING, () -> "no figures for now: " + e.getMessage());
            return null;
        }
    }

    private void note(Set<Long> leases) {
        beyondLimit.retainAll(leases);
        leases.stream().filter(beyondLimit::add).forEach(this::report);
    }

    private void report(long lease) {
        newBeyondLimit++;
        LOG.log(Level.ERROR, () -> "the slot of lease " + lease + " was given out beyond a limit");
    }
}
