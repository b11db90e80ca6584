package linekeeper.application.simulation.faults;

import linekeeper.application.CallEngine;
import linekeeper.application.port.CallQueue;
import linekeeper.application.port.Change;
import linekeeper.application.port.Intake;
import linekeeper.application.port.Intake.Admission;
import linekeeper.application.port.Intake.Candidate;
import linekeeper.application.port.Slots;
import linekeeper.application.port.Standing;
import linekeeper.domain.CallKey;
import linekeeper.domain.call.AcceptedCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.queue.Occupancy;
import linekeeper.domain.queue.QueuePlace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Stores that forget.
final class BrokenStores {
    private BrokenStores() {}

    static Flaw leak() {
        Set<LiveCall> leaked = new LinkedHashSet<>();
        return Wrong.store(
                sound -> {
                    Slots slots =
                            Wrong.port(
                                    Slots.class,
                                    sound.slots(),
                                    (method, about, call) -> {
                                        Object answer = call.answer();
                                        if (!method.equals("held")) {
                                            return answer;
                                        }
                                        List<Object> held = new ArrayList<>((List<?>) answer);
                                        leaked.stream()
                                                .filter(one -> one.key().account().equals(about[0]))
                                                .forEach(held::add);
                                        return held;
                                    });
                    Wrong.Twist note =
                            new Wrong.Twist() {
                                @Override
                                public <R> Change<R> change(Call current, Change<R> decided) {
                                    if (current instanceof LiveCall live
                                            && decided.next() instanceof EndedCall) {
                                        leaked.add(live);
                                    }
                                    return decided;
                                }
                            };
                    return Wrong.with(sound, sound.intake(), slots)
                            .withCalls(Wrong.twisted(sound.calls(), note));
                });
    }

    /// Direct calls are out of the way while a claim looks.
    static Flaw campaignFirst() {
        return Wrong.store(
                sound -> {
                    Set<CallKey> known = new LinkedHashSet<>();
                    Wrong.Meddling hiding =
                            (method, about, call) -> {
                                if (about.length == 1 && about[0] instanceof Candidate one) {
                                    known.add(one.request().key());
                                }
                                List<QueuedCall> hidden =
                                        method.equals("claim") ? hide(sound, known) : List.of();
                                Object answer = call.answer();
                                hidden.forEach(one -> put(sound, one));
                                return answer;
                            };
                    return Wrong.with(
                            sound,
                            Wrong.port(Intake.class, sound.intake(), hiding),
                            Wrong.port(Slots.class, sound.slots(), hiding));
                });
    }

    private static List<QueuedCall> hide(CallEngine.Store store, Set<CallKey> known) {
        List<QueuedCall> hidden = new ArrayList<>();
        for (var key : known) {
            if (store.calls().find(key).orElse(null) instanceof QueuedCall call
                    && call.accepted().request().grouping().campaign() == null) {
                hidden.add(call);
                put(
                        store,
                        new QueuedCall(
                                call.accepted(), call.attempt(), Instant.MAX, call.deferrals()));
            }
        }
        return hidden;
    }

    private static void put(CallEngine.Store store, QueuedCall call) {
        store.calls().change(call.key(), any -> new Change<>(true, call, List.of()));
    }

    static Flaw forgetful() {
        return Wrong.store(
                sound ->
                        Wrong.with(
                                sound,
                                Wrong.port(
                                        Intake.class,
                                        sound.intake(),
                                        (method, about, call) ->
                                                about[0] instanceof Candidate one
                                                                && one.request().priority() > 150
                                                        ? new Admission(stored(one), List.of())
                                                        : call.answer()),
                                sound.slots()));
    }

    private static Intake.Waiting stored(Candidate one) {
        return waiting(new AcceptedCall(one.request(), one.provider(), one.now()).enqueue(), one);
    }

    static Intake.Waiting waiting(QueuedCall call, Candidate one) {
        var place = new QueuePlace(1, 1);
        var occupancy = new Occupancy(List.of(new Occupancy.Use(Occupancy.Scope.SYSTEM, 1, 1)));
        return new Intake.Waiting(call, new Standing(place, occupancy));
    }

    static Flaw noExpiry() {
        return Wrong.store(
                sound ->
                        new CallEngine.Store(
                                sound.intake(),
                                sound.slots(),
                                sound.calls(),
                                never(CallQueue.class, sound.queue(), "expired"),
                                sound.agents(),
                                sound.holdingTimes(),
                                sound.parked(),
                                sound.transcripts(),
                                sound.upkeep()));
    }

    static <P> P never(Class<P> type, P port, String what) {
        return Wrong.port(
                type,
                port,
                (method, about, sound) -> method.equals(what) ? List.of() : sound.answer());
    }

    static Flaw fragile() {
        return Wrong.slots(
                (store, slots) ->
                        Wrong.port(
                                Slots.class,
                                slots,
                                (method, about, sound) -> {
                                    if (method.equals("claim")
                                            && sound.answer() instanceof Slots.Claim claim) {
                                        if (claim.calls().size() > 1) {
                                            throw new IllegalStateException("made to fail");
                                        }
                                        return claim;
                                    }
                                    return sound.answer();
                                }));
    }
}
