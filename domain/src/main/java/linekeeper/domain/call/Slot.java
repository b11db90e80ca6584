package linekeeper.domain.call;

import java.time.Instant;
import linekeeper.domain.LeaseToken;

/// The concurrency slot a live call holds, taken before anything is dialed (B1).
public record Slot(LeaseToken lease, Instant reservedAt) {}
