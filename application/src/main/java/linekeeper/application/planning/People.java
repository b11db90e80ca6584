package linekeeper.application.planning;

import linekeeper.application.simulation.Chance;
import linekeeper.domain.call.Failure;
import linekeeper.domain.call.Outcome;

import java.time.Duration;

/// What the people who are called do, and the network between.
///
/// @param setup from the slot to the provider's taking the call
/// @param ring from there until something answers, is busy or fails
/// @param giveUp how long it rings if nobody answers
/// @param talk from the answer to the end
/// @param message how long a call to a machine lasts
public record People(
        Shares shares, Spread setup, Spread ring, Spread giveUp, Spread talk, Spread message) {
    /// Everybody answers at once.
    public static People talking(Spread talk) {
        Spread none = Spread.always(Duration.ZERO);
        return new People(Shares.ALL_ANSWER, none, none, none, talk, none);
    }

    /// One call's course, from when the provider has it.
    Course course(Chance chance) {
        double lot = chance.generator().nextDouble();
        if ((lot -= shares.busy) < 0) {
            return Course.unanswered(ring.draw(chance), new Outcome.Busy());
        }
        if ((lot -= shares.noAnswer) < 0) {
            return Course.unanswered(giveUp.draw(chance), new Outcome.NoAnswer());
        }
        if ((lot -= shares.failed) < 0) {
            return Course.unanswered(ring.draw(chance), FAILED);
        }
        boolean machine = lot - shares.voicemail < 0;
        Duration rings = ring.draw(chance);
        return machine
                ? new Course(rings, rings.plus(message.draw(chance)), new Outcome.Voicemail())
                : new Course(rings, rings.plus(talk.draw(chance)), new Outcome.Completed());
    }

    private static final Outcome FAILED =
            new Outcome.Failed(new Failure(Failure.PROVIDER_FAILED, "as planned"));

    /// @param answeredAfter not before zero; after the end: nobody answers
    record Course(Duration answeredAfter, Duration endsAfter, Outcome outcome) {
        static Course unanswered(Duration endsAfter, Outcome outcome) {
            return new Course(Spread.LONGEST, endsAfter, outcome);
        }

        boolean answered() {
            return answeredAfter.compareTo(endsAfter) <= 0;
        }
    }

    /// How calls end; what is left of 1 is answered by people.
    ///
    /// @param busy 0 to 1, as the others and their sum
    public record Shares(double busy, double noAnswer, double voicemail, double failed) {
        public static final Shares ALL_ANSWER = new Shares(0, 0, 0, 0);

        private static final double ROUNDING = 1e-9;

        public Shares {
            boolean each = busy >= 0 && noAnswer >= 0 && voicemail >= 0 && failed >= 0;
            if (!each || busy + noAnswer + voicemail + failed > 1 + ROUNDING) {
                throw new IllegalArgumentException("shares must be 0 to 1, together at most 1");
            }
        }
    }
}
