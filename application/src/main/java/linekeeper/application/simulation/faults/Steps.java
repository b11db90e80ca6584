package linekeeper.application.simulation.faults;

import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Decision;
import linekeeper.application.port.Intake;
import linekeeper.application.port.Slots.Claim;
import linekeeper.application.port.StoreUnavailable;
import linekeeper.application.port.Succession;
import linekeeper.application.simulation.Chance;
import linekeeper.application.simulation.Strands;
import linekeeper.domain.CallKey;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.notice.Notice;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The way of one node to whatever is outside of it, step by step: before and after each, time passes,
/// others have their turn, and the node may die.
final class Steps {
    private static final Duration NONE = Duration.ZERO;
    private static final Duration USUAL = Duration.ofMillis(4);
    private static final Duration LONGEST_STALL = Duration.ofSeconds(90);

    /// What changes nothing.
    private static final Set<String> READS =
            Set.of(
                    "find",
                    "keyOf",
                    "earlierAttempt",
                    "timeline",
                    "of",
                    "route",
                    "expired",
                    "reroutable",
                    "standing",
                    "status",
                    "held",
                    "anyUnbound");

    private final String node;
    private final Environment world;
    private final Chance chance;
    private final Runnable die;
    private boolean dead;

    /// @param die is told that the node crashes
    Steps(String node, Environment world, Chance chance, Runnable die) {
        this.node = node;
        this.world = world;
        this.chance = chance;
        this.die = die;
    }

    /// The node is gone: nothing it still wanted to do happens.
    void end() {
        dead = true;
    }

    boolean dead() {
        return dead;
    }

    /// `port` as the node reaches it.
    <P> P over(Class<P> type, P port) {
        InvocationHandler steps =
                (proxy, method, about) ->
                        call(proxy, port, method, about == null ? new Object[0] : about);
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, steps));
    }

    /// One step of the node, before it takes effect.
    void before(String what) {
        alive();
        if (world.faults().strikes(Fault.CRASH)) {
            world.trace().note(node, Trace.TO_ALL + "crashes before " + what);
            die.run();
            throw new Crashed();
        }
        pass(usual());
        if (world.faults().strikes(Fault.STALL)) {
            world.trace().note(node, "stalls before " + what);
            pass(chance.between(USUAL, LONGEST_STALL));
        }
    }

    /// Time passes for the node.
    void pass(Duration time) {
        world.strands().pause(time);
        alive();
    }

    private void alive() {
        if (dead) {
            throw new Crashed();
        }
    }

    private Duration usual() {
        return chance.hit(0.5) ? NONE : chance.between(NONE, USUAL);
    }

    private @Nullable Object call(Object proxy, Object port, Method method, Object[] about)
            throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return method.invoke(port, about);
        }
        if (method.isDefault() && method.getName().equals("admitAll")) {
            return InvocationHandler.invokeDefault(proxy, method, about);
        }
        before(method.getName());
        try {
            Object result = answered(port, method, about);
            world.trace().step(node, method.getName(), about, result);
            pass(usual());
            return result;
        } catch (StoreUnavailable e) {
            world.trace().step(node, method.getName(), about, e);
            throw e;
        }
    }

    private @Nullable Object answered(Object port, Method method, Object[] about) throws Throwable {
        if (world.outages().now() || world.faults().strikes(Fault.STORE_REFUSES)) {
            pass(chance.between(NONE, Duration.ofSeconds(1)));
            throw new StoreUnavailable("simulated");
        }
        decideInVain(about);
        boolean lost = world.faults().strikes(Fault.STORE_ANSWER_LOST);
        Object result = invoke(port, method, lost ? untold(about) : about);
        if (lost) {
            world.trace().step(node, "lost answer of " + method.getName(), about, result);
            throw new StoreUnavailable("simulated, after the commit");
        }
        return result;
    }

    /// As a store does whose first commit fails.
    private void decideInVain(Object[] about) {
        if (about.length >= 2
                && about[0] instanceof CallKey key
                && about[1] instanceof Decision<?> decision
                && world.faults().strikes(Fault.DECIDED_TWICE)) {
            decision.decide(world.stores().find(key));
        }
    }

    /// Whoever cannot know whether a commit held does not know either what was given out in it.
    private static Object[] untold(Object[] about) {
        return Arrays.stream(about)
                .map(one -> one instanceof Succession told ? new Untold(told) : one)
                .toArray();
    }

    private record Untold(Succession succession) implements Succession {
        @Override
        public @Nullable ClaimTerms terms() {
            return succession.terms();
        }

        @Override
        public void over(List<LiveCall> freed, @Nullable Claim claim) {
            succession.over(List.of(), null);
        }
    }

    private @Nullable Object invoke(Object port, Method method, Object[] about) throws Throwable {
        try {
            Object result = method.invoke(port, about);
            if (!READS.contains(method.getName())) {
                look(about.length == 0 ? null : about[0]);
            }
            return result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void look(@Nullable Object about) {
        world.ledger()
                .check(
                        about instanceof Intake.Candidate one
                                ? Optional.of(one.request().key())
                                : Optional.empty());
        if (about instanceof Notice notice) {
            world.ledger().told(notice.id());
        }
    }

    /// The node that a strand works for has died.
    static final class Crashed extends Strands.Abandoned {
        private static final long serialVersionUID = 1L;
    }
}
