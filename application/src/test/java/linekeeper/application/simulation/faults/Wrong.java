package linekeeper.application.simulation.faults;

import linekeeper.application.CallEngine;
import linekeeper.application.port.Calls;
import linekeeper.application.port.Change;
import linekeeper.application.port.Decision;
import linekeeper.application.port.DialOrder;
import linekeeper.application.port.DialResult;
import linekeeper.application.port.Intake;
import linekeeper.application.port.Notices;
import linekeeper.application.port.Slots;
import linekeeper.application.port.VoiceProvider;
import linekeeper.domain.call.Call;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/// How parts are made wrong: a port in whose calls somebody meddles.
final class Wrong {
    private Wrong() {}

    /// A call of a port.
    interface Sound {
        Object answer();
    }

    interface Meddling {
        /// @return what to answer; `sound` makes the call as it should be
        @Nullable Object call(String method, Object[] about, Sound sound);
    }

    static <P> P port(Class<P> type, P sound, Meddling meddling) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, about) -> {
                            Object[] asked = about == null ? new Object[0] : about;
                            return meddling.call(
                                    method.getName(),
                                    asked,
                                    () -> {
                                        try {
                                            return method.invoke(sound, asked);
                                        } catch (InvocationTargetException e) {
                                            throw asError(Objects.requireNonNull(e.getCause()));
                                        } catch (IllegalAccessException e) {
                                            throw new IllegalStateException(e);
                                        }
                                    });
                        }));
    }

    private static RuntimeException asError(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return (RuntimeException) cause;
    }

    static Flaw store(UnaryOperator<CallEngine.Store> part) {
        return new Flaw() {
            @Override
            public CallEngine.Store store(CallEngine.Store sound) {
                return part.apply(sound);
            }
        };
    }

    static Flaw notices(BiFunction<Notices, CallEngine.Store, Notices> part) {
        return new Flaw() {
            private CallEngine.@Nullable Store store;

            @Override
            public CallEngine.Store store(CallEngine.Store sound) {
                store = sound;
                return sound;
            }

            @Override
            public Notices notices(Notices sound) {
                return part.apply(sound, Objects.requireNonNull(store));
            }
        };
    }

    static Flaw provider(UnaryOperator<VoiceProvider> part) {
        return new Flaw() {
            @Override
            public VoiceProvider provider(VoiceProvider sound) {
                return part.apply(sound);
            }
        };
    }

    static Flaw dialing(BiFunction<VoiceProvider, DialOrder, DialResult> dial) {
        return provider(
                sound ->
                        port(
                                VoiceProvider.class,
                                sound,
                                (method, about, call) ->
                                        method.equals("dial")
                                                ? dial.apply(sound, (DialOrder) about[0])
                                                : call.answer()));
    }

    static Flaw slots(BiFunction<CallEngine.Store, Slots, Slots> part) {
        return store(sound -> with(sound, sound.intake(), part.apply(sound, sound.slots())));
    }

    static Flaw intake(Meddling meddling) {
        return store(
                sound -> with(sound, port(Intake.class, sound.intake(), meddling), sound.slots()));
    }

    /// What a decision makes of a call, made otherwise.
    interface Twist {
        <R> Change<R> change(Call current, Change<R> decided);
    }

    static Flaw decided(Twist twist) {
        return store(sound -> sound.withCalls(twisted(sound.calls(), twist)));
    }

    static Calls twisted(Calls sound, Twist twist) {
        return port(
                Calls.class,
                sound,
                (method, about, call) -> {
                    if (method.equals("change")) {
                        about[1] = twisted((Decision<?>) about[1], twist);
                    }
                    return call.answer();
                });
    }

    private static <R> Decision<R> twisted(Decision<R> decision, Twist twist) {
        return current -> {
            Change<R> decided = decision.decide(current);
            return current.map(call -> twist.change(call, decided)).orElse(decided);
        };
    }

    static CallEngine.Store with(CallEngine.Store store, Intake intake, Slots slots) {
        return new CallEngine.Store(
                intake,
                slots,
                store.calls(),
                store.queue(),
                store.agents(),
                store.holdingTimes(),
                store.parked(),
                store.transcripts(),
                store.upkeep());
    }
}
