package linekeeper.bootstrap;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// The system's time in microseconds, which is as much as the database keeps.
public final class MicrosClock implements InstantSource {
    @Override
    public Instant instant() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
