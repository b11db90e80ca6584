package linekeeper.telephony.simulated;

import linekeeper.application.port.ExecutionReport.Over;
import linekeeper.application.port.ExecutionReport.Reached;
import linekeeper.application.port.ExecutionReport.Stage;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.Failure;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.Progress;
import linekeeper.domain.call.Spoken;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The course of one simulated call: wholly decided by its execution id and the settings, so that a
/// process which was started after the dial still knows it.
///
/// @param startedAt when it was dialed, to the millisecond
record SimulatedCall(Instant startedAt, long seed, Script script, SimulatedSettings settings) {
    private static final Pattern ID = Pattern.compile("sim-([0-9]{1,15})-([a-z_]+)-([0-9a-f]{16})");

    ExecutionId id() {
        String text =
                "sim-%d-%s-%s"
                        .formatted(
                                startedAt.toEpochMilli(),
                                script.name().toLowerCase(Locale.ROOT),
                                HexFormat.of().toHexDigits(seed));
        return new ExecutionId(SimulatedProvider.NAME, text);
    }

    /// Empty: not an id of a simulated call.
    static Optional<SimulatedCall> of(ExecutionId id, SimulatedSettings settings) {
        Matcher parts = ID.matcher(id.value());
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new SimulatedCall(
                            Instant.ofEpochMilli(Long.parseLong(parts.group(1))),
                            HexFormat.fromHexDigitsToLong(parts.group(3)),
                            Script.valueOf(parts.group(2).toUpperCase(Locale.ROOT)),
                            settings));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// From the dial to the ringing.
    Duration ringsAfter() {
        return total().dividedBy(10);
    }

    /// From the dial to the answer, if there is one.
    Duration answeredAfter() {
        return total().dividedBy(4);
    }

    /// From the dial to the end.
    Duration endsAfter() {
        return answered() ? total() : total().dividedBy(2);
    }

    boolean answered() {
        return outcome() instanceof Outcome.Completed || outcome() instanceof Outcome.Voicemail;
    }

    Stage stageAt(Instant now) {
        Duration elapsed = Duration.between(startedAt, now);
        if (elapsed.compareTo(endsAfter()) >= 0) {
            return new Over(outcome());
        }
        if (answered() && elapsed.compareTo(answeredAfter()) >= 0) {
            return new Reached(Progress.ANSWERED);
        }
        boolean rings = elapsed.compareTo(ringsAfter()) >= 0;
        return new Reached(rings ? Progress.RINGING : Progress.PLACED);
    }

    CallFacts facts(Stage stage) {
        if (!(stage instanceof Over) || !answered()) {
            return CallFacts.NONE;
        }
        BigDecimal talked =
                BigDecimal.valueOf(endsAfter().minus(answeredAfter()).toMillis())
                        .divide(BigDecimal.valueOf(1000), 1, RoundingMode.HALF_UP);
        String by = outcome() instanceof Outcome.Voicemail ? "machine" : "human";
        return new CallFacts(null, startedAt.plus(answeredAfter()), by, talked, null, null);
    }

    /// Empty until a completed call is over.
    List<Spoken> transcript(Stage stage) {
        return stage.equals(new Over(new Outcome.Completed()))
                ? SimulatedTalk.from(
                        startedAt.plus(answeredAfter()), endsAfter().minus(answeredAfter()))
                : List.of();
    }

    Outcome outcome() {
        return switch (script) {
            case NO_ANSWER -> new Outcome.NoAnswer();
            case BUSY -> new Outcome.Busy();
            case VOICEMAIL -> new Outcome.Voicemail();
            case FAILED ->
                    new Outcome.Failed(new Failure(Failure.PROVIDER_FAILED, "Simulated failure"));
            case REFUSED, ANSWER_LOST, REQUEST_LOST, SILENT, UNREACHABLE -> new Outcome.Completed();
            case BY_CHANCE -> byChance();
        };
    }

    private Outcome byChance() {
        double chance = random().nextDouble();
        if (chance < settings.answerRate()) {
            return new Outcome.Completed();
        }
        double unanswered = (chance - settings.answerRate()) / (1 - settings.answerRate());
        return unanswered < 0.7 ? new Outcome.NoAnswer() : new Outcome.Busy();
    }

    private Duration total() {
        SplittableRandom random = random();
        random.nextDouble();
        double factor = 1 + settings.spread() * (2 * random.nextDouble() - 1);
        return Duration.ofNanos(Math.round(settings.duration().toNanos() * factor));
    }

    private SplittableRandom random() {
        return new SplittableRandom(seed);
    }
}
