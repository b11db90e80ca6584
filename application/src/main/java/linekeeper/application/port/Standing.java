package linekeeper.application.port;

import linekeeper.domain.queue.Brakes;
import linekeeper.domain.queue.Occupancy;
import linekeeper.domain.queue.QueuePlace;

/// How a waiting call stands: its place, the slots in use where it wants one, and the pace it is kept to.
public record Standing(QueuePlace place, Occupancy occupancy, Brakes brakes) {
    /// Of a call that nothing paces.
    public Standing(QueuePlace place, Occupancy occupancy) {
        this(place, occupancy, Brakes.NONE);
    }
}
