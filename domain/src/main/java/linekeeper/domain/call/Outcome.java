package linekeeper.domain.call;

/// How a call ended.
public sealed interface Outcome {
    CallStatus status();

    /// This outcome in the light of all that was told: what a machine answered and the provider calls
    /// completed is a voicemail, whichever of the two it told first.
    default Outcome given(CallFacts facts) {
        return this instanceof Completed && facts.answeredByMachine() ? new Voicemail() : this;
    }

    /// Somebody answered and the line was closed.
    record Completed() implements Outcome {
        @Override
        public CallStatus status() {
            return CallStatus.COMPLETED;
        }
    }

    record NoAnswer() implements Outcome {
        @Override
        public CallStatus status() {
            return CallStatus.NO_ANSWER;
        }
    }

    record Busy() implements Outcome {
        @Override
        public CallStatus status() {
            return CallStatus.BUSY;
        }
    }

    /// A machine answered.
    record Voicemail() implements Outcome {
        @Override
        public CallStatus status() {
            return CallStatus.VOICEMAIL;
        }
    }

    record Cancelled() implements Outcome {
        @Override
        public CallStatus status() {
            return CallStatus.CANCELLED;
        }
    }

    /// Its time was over before it was dialed.
    record Expired() implements Outcome {
        @Override
        public CallStatus status() {
            return CallStatus.EXPIRED;
        }
    }

    record Failed(Failure failure) implements Outcome {
        @Override
        public CallStatus status() {
            return CallStatus.FAILED;
        }
    }
}
