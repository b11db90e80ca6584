package linekeeper.telephony.simulated;

import java.time.Duration;

/// Time, as the simulated provider needs it.
public interface Later {
    /// Runs `task` after `delay`, unless the process ends first.
    void after(Duration delay, Runnable task);

    /// Returns after `delay`.
    void pause(Duration delay);
}
