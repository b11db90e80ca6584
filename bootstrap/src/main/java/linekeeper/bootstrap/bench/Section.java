package linekeeper.bootstrap.bench;

import java.sql.SQLException;
import java.time.Duration;

/// One part of the measurement. Not thread-safe.
interface Section {
    /// To be chosen by.
    String key();

    /// What is being measured, for the one who waits.
    String name();

    /// About how long it takes.
    Duration expected();

    void run(Findings findings) throws SQLException, InterruptedException;
}
