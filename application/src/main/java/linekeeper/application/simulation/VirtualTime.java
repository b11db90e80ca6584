package linekeeper.application.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.PriorityQueue;

/// A clock that stands still until the next event, and the events in their order: by time, and at the
/// same time in the order in which they were asked for. Whole microseconds, as the service's own clock.
/// Not thread-safe: one thread at a time, each seeing what the one before did.
public final class VirtualTime implements InstantSource {
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(
                    Comparator.comparingLong(Event::micros).thenComparingLong(Event::number));
    private long micros;
    private long lastNumber;
    private Instant now;

    public VirtualTime(Instant start) {
        this.micros = micros(start);
        this.now = toInstant(micros);
    }

    @Override
    public Instant instant() {
        return now;
    }

    /// Has `event` happen at `when`, or now if that is over.
    public void at(Instant when, Runnable event) {
        add(Math.max(micros, micros(when)), event);
    }

    /// Has `event` happen after `delay`, or now if that is negative.
    public void after(Duration delay, Runnable event) {
        add(micros + Math.max(0, micros(delay)), event);
    }

    /// Lets the next event happen, at its time; false: there is none.
    public boolean next() {
        Event event = events.poll();
        if (event == null) {
            return false;
        }
        moveTo(event.micros);
        event.action.run();
        return true;
    }

    /// Lets everything happen that is due at or before `end`, and then it is `end`.
    public void runUntil(Instant end) {
        long last = micros(end);
        Event event = events.peek();
        while (event != null && event.micros <= last) {
            next();
            event = events.peek();
        }
        moveTo(Math.max(micros, last));
    }

    /// Lets `pause` go by if nothing at all happens meanwhile; false: something would, so it is still
    /// now.
    public boolean skip(Duration pause) {
        long then = micros + Math.max(0, micros(pause));
        Event event = events.peek();
        if (event != null && event.micros <= then) {
            return false;
        }
        moveTo(then);
        return true;
    }

    /// How many events are still to happen.
    public int pending() {
        return events.size();
    }

    private void add(long at, Runnable event) {
        events.add(new Event(at, ++lastNumber, event));
    }

    private void moveTo(long to) {
        if (to != micros) {
            micros = to;
            now = toInstant(to);
        }
    }

    private static long micros(Instant when) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, when);
    }

    private static long micros(Duration delay) {
        return delay.toNanos() / 1_000;
    }

    private static Instant toInstant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private record Event(long micros, long number, Runnable action) {}
}
