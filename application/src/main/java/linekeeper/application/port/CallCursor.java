package linekeeper.application.port;

import linekeeper.domain.CallId;

import java.time.Instant;

/// A place in a list of calls ordered by creation, newest first.
public record CallCursor(Instant createdAt, CallId call) {}
