package linekeeper.application.port;

import linekeeper.domain.queue.Occupancy;
import linekeeper.domain.queue.QueuePlace;

/// How a waiting call stands: its place, and the slots in use where it wants one.
public record Standing(QueuePlace place, Occupancy occupancy) {}
