package linekeeper.domain.call;

import linekeeper.domain.LeaseToken;

import java.time.Instant;

/// The concurrency slot a live call holds, taken before anything is dialed (B1).
public record Slot(LeaseToken lease, Instant reservedAt) {}
