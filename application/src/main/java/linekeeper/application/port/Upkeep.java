package linekeeper.application.port;

import java.time.Instant;

/// What the store needs done now and then, as room for the coming weeks' history.
public interface Upkeep {
    void run(Instant now);
}
