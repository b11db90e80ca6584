package linekeeper.application;

import linekeeper.application.port.CallQueue;
import linekeeper.application.port.HoldingTimes;
import linekeeper.application.port.Standing;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.queue.Brakes;
import linekeeper.domain.queue.HoldReason;
import linekeeper.domain.queue.Inflow;
import linekeeper.domain.queue.Occupancy;
import linekeeper.domain.queue.QueuePlace;
import linekeeper.domain.queue.WaitEstimate;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Why a call waits, where it stands and how long that will last (D1, D5, D6). Thread-safe.
public final class WaitForecast {
    private final CallQueue queue;
    private final HoldingTimes holdingTimes;
    private final Breakers breakers;

    WaitForecast(CallQueue queue, HoldingTimes holdingTimes, Breakers breakers) {
        this.queue = queue;
        this.holdingTimes = holdingTimes;
        this.breakers = breakers;
    }

    /// Empty: the call does not wait.
    public Optional<Forecast> of(Call call, Instant now) {
        return call instanceof QueuedCall queued
                ? queue.standing(call.key(), now).map(standing -> of(queued, standing, now))
                : Optional.empty();
    }

    Forecast of(QueuedCall call, Standing standing, Instant now) {
        Instant probeAt = breakers.probeAt(call.accepted().provider());
        Brakes brakes = standing.brakes().withProbeAt(probeAt);
        WaitEstimate estimate =
                estimate(call, standing, now)
                        .notBefore(Duration.between(now, call.dueAt()))
                        .notBefore(untilReleased(brakes, now));
        List<HoldReason> reasons = HoldReason.all(call, standing.occupancy(), brakes, now);
        return new Forecast(
                call, reasons, standing.place(), estimate, nextPossible(call, brakes, now));
    }

    private WaitEstimate estimate(QueuedCall call, Standing standing, Instant now) {
        CallRequest request = call.accepted().request();
        Inflow.Kind kind = new Inflow.Kind(request.type(), request.priority());
        Occupancy occupancy = standing.occupancy();
        WaitEstimate.Line line =
                new WaitEstimate.Line(
                        standing.place().position(),
                        occupancy.tightestLimit(),
                        occupancy.sharedLimit(),
                        occupancy.aboveTightest());
        return WaitEstimate.of(
                line,
                holdingTimes.of(call.key().account()),
                holdingTimes.inflow(call.key().account(), now).overtaking(kind));
    }

    private static @Nullable Instant nextPossible(QueuedCall call, Brakes brakes, Instant now) {
        Instant released = brakes.releasedAt();
        boolean due = !call.dueAt().isAfter(now);
        if (due || (released != null && released.isAfter(call.dueAt()))) {
            return released;
        }
        return call.dueAt();
    }

    private static Duration untilReleased(Brakes brakes, Instant now) {
        Instant at = brakes.releasedAt();
        return at == null ? Duration.ZERO : Duration.between(now, at);
    }

    /// A waiting call's prospects.
    ///
    /// @param reasons everything that holds it back, the weightiest first; at least one
    /// @param nextPossibleAt it cannot start before, whatever slots become free; null: it can at any time
    public record Forecast(
            QueuedCall call,
            List<HoldReason> reasons,
            QueuePlace place,
            WaitEstimate estimate,
            @Nullable Instant nextPossibleAt) {
        public Forecast {
            reasons = List.copyOf(reasons);
        }

        /// The weightiest of the reasons.
        public HoldReason reason() {
            return reasons.getFirst();
        }
    }
}
