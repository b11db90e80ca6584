package linekeeper.application.simulation.faults;

import linekeeper.application.port.DialResult;
import linekeeper.application.port.Intake;
import linekeeper.application.port.Intake.Admission;
import linekeeper.application.port.Intake.Candidate;
import linekeeper.application.port.Notices;
import linekeeper.application.port.Slots;
import linekeeper.application.port.VoiceProvider;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.QueuedCall;

import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Parts as they must not be, and the invariant that each of them breaks. The table in
/// `docs/simulation.md` is this one.
enum BrokenPart {
    COUNTS_ONE_SLOT_TOO_MANY(
            Invariant.LIMIT,
            () ->
                    limits(
                            sound ->
                                    new Limits(
                                            sound.system() + 1,
                                            sound.account() + 1,
                                            sound.providers(),
                                            sound.rates()))),
    FORGETS_THE_PACE(
            Invariant.PACE,
            () -> limits(sound -> new Limits(sound.system(), sound.account(), sound.providers()))),
    KEEPS_THE_SLOT_OF_AN_ENDED_CALL(Invariant.SLOT, BrokenStores::leak),
    DIALS_AGAIN_WHEN_THE_ANSWER_IS_LOST(
            Invariant.DIALED_ONCE,
            () ->
                    Wrong.dialing(
                            (sound, order) -> {
                                DialResult first = sound.dial(order);
                                return first instanceof DialResult.Unknown
                                        ? sound.dial(order)
                                        : first;
                            })),
    TAKES_A_LOST_ANSWER_FOR_NOT_SENT(
            Invariant.DIALED_ONCE,
            () ->
                    Wrong.dialing(
                            (sound, order) -> {
                                DialResult result = sound.dial(order);
                                return result instanceof DialResult.Unknown(String cause)
                                        ? new DialResult.NotSent(cause)
                                        : result;
                            })),
    APPLIES_AN_OLD_EVENT(Invariant.FORWARD, () -> Wrong.decided(new BrokenSteps.Backward())),
    EXCHANGES_THE_EXECUTION(Invariant.SAME_IDS, () -> Wrong.decided(new BrokenSteps.Exchange())),
    ENDS_A_CALL_TWICE(Invariant.ONE_END, () -> Wrong.decided(new BrokenSteps.TwoEnds())),
    CLAIMS_CAMPAIGN_CALLS_FIRST(Invariant.DIRECT_FIRST, BrokenStores::campaignFirst),
    ANSWERS_AND_STORES_NOTHING(Invariant.KEPT, BrokenStores::forgetful),
    TAKES_A_REPETITION_FOR_A_NEW_CALL(
            Invariant.KEPT,
            () ->
                    Wrong.intake(
                            (method, about, sound) -> {
                                Object answer = sound.answer();
                                return answer
                                                        instanceof
                                                        Admission(
                                                                Intake.Known(Call call),
                                                                var o,
                                                                int p)
                                                && call instanceof QueuedCall waiting
                                        ? new Admission(
                                                BrokenStores.waiting(waiting, (Candidate) about[0]),
                                                o,
                                                p)
                                        : answer;
                            })),
    BELIEVES_WHAT_NOBODY_SIGNED(
            Invariant.TRUTH,
            () ->
                    Wrong.provider(
                            line ->
                                    Wrong.port(
                                            VoiceProvider.class,
                                            line,
                                            (method, about, sound) ->
                                                    method.equals("confirmEnds")
                                                            ? false
                                                            : sound.answer()))),
    MARKS_DELIVERED_BEFORE_THE_POST(Invariant.TOLD, () -> Wrong.notices(BrokenNotices::marked)),
    TELLS_THE_BEGINNING_LATER(Invariant.IN_ORDER, () -> Wrong.notices(BrokenNotices::later)),
    COUNTS_A_CALL_TWICE(Invariant.COUNTED_ONCE, BrokenNotices::countsTwice),
    NEVER_DOES_ITS_JOBS(Invariant.ENDS, BrokenNotices::idle),
    NEVER_ASKS_THE_PROVIDER(
            Invariant.ENDS,
            () ->
                    Wrong.slots(
                            (store, slots) ->
                                    BrokenStores.never(Slots.class, slots, "takeUnsettled"))),
    NEVER_LOOKS_WHAT_EXPIRED(Invariant.ENDS, BrokenStores::noExpiry),
    NEVER_TELLS_ANYBODY(
            Invariant.ENDS,
            () ->
                    Wrong.notices(
                            (notices, store) ->
                                    Wrong.port(
                                            Notices.class,
                                            notices,
                                            (method, about, sound) ->
                                                    method.equals("take")
                                                            ? new Notices.Taken(List.of(), false)
                                                            : sound.answer()))),
    FAILS_AT_TIMES(Invariant.NO_BUG, BrokenStores::fragile);

    private final Invariant breaks;

    @SuppressWarnings("ImmutableEnumChecker") // Makes a fresh one each time.
    private final Supplier<Flaw> part;

    BrokenPart(Invariant breaks, Supplier<Flaw> part) {
        this.breaks = breaks;
        this.part = part;
    }

    Invariant breaks() {
        return breaks;
    }

    /// A fresh one, for one run.
    Flaw part() {
        return part.get();
    }

    private static Flaw limits(UnaryOperator<Limits> wrong) {
        return new Flaw() {
            @Override
            public Limits limits(Limits sound) {
                return wrong.apply(sound);
            }
        };
    }
}
