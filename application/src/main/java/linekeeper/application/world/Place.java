package linekeeper.application.world;

import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.queue.QueueOrder.Rank;

/// A waiting call and its rank.
record Place(Rank rank, QueuedCall call) {}
