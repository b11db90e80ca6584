package linekeeper.telephony.simulated;

import linekeeper.domain.call.Spoken;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What is said in a simulated call that somebody answers.
final class SimulatedTalk {
    private SimulatedTalk() {}

    /// @param talk how long it goes on
    static List<Spoken> from(Instant answered, Duration talk) {
        Duration pause = talk.dividedBy(4);
        return List.of(
                new Spoken("agent", "Hello, this is a simulated call.", answered),
                new Spoken("user", "Hello. Who is calling?", answered.plus(pause)),
                new Spoken(
                        "agent",
                        "Nobody at all: this provider dials no one.",
                        answered.plus(pause.multipliedBy(2))),
                new Spoken("user", "Then goodbye.", answered.plus(pause.multipliedBy(3))));
    }
}
