package linekeeper.application.simulation.faults;

import linekeeper.application.AcceptCall.Accepted;
import linekeeper.application.AcceptCall.Contradicts;
import linekeeper.application.AcceptCall.NoSuchAccount;
import linekeeper.application.AcceptCall.NumberTaken;
import linekeeper.application.AcceptCall.Replayed;
import linekeeper.application.AcceptCall.Starts;
import linekeeper.application.AcceptCall.Waits;
import linekeeper.application.PlaceCall.NotTried;
import linekeeper.application.PlaceCall.Tried;
import linekeeper.application.port.StoreUnavailable;
import linekeeper.application.simulation.Chance;
import linekeeper.domain.CallKey;
import linekeeper.domain.call.CallRequest;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/// The customers' backends as callers: they ask, ask again until they have an answer, ask again although
/// they have one, ask for something else under the same id, cancel, release.
final class Callers {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration WHILE = Duration.ofMinutes(1);

    private final Environment world;
    private final Nodes nodes;
    private final Set<CallKey> accepted = new LinkedHashSet<>();
    private final Set<CallKey> answeredAsNew = new HashSet<>();
    private int open;

    Callers(Environment world, Nodes nodes) {
        this.world = world;
        this.nodes = nodes;
    }

    /// Whether somebody still waits for an answer.
    boolean waiting() {
        return open > 0;
    }

    /// One caller, from the first request to the last.
    ///
    /// @param after how long after now the first one is
    void call(CallRequest request, Duration after, Chance chance) {
        begin(
                after,
                () -> {
                    if (ask(request, chance)) {
                        meddle(request, chance);
                    }
                });
        if (chance.hit(0.2)) {
            Duration impatience = chance.between(Duration.ZERO, Duration.ofSeconds(1));
            Chance own = chance.of("again");
            begin(after.plus(impatience), () -> ask(request, own));
        }
    }

    /// Something that is asked once.
    ///
    /// @param then looks at the answer, if there is one
    <T> void once(Function<Node, T> asked, Consumer<T> then) {
        begin(Duration.ZERO, () -> tried(asked).ifPresent(then));
    }

    /// A call was taken under an id that was made for it.
    void taken(CallKey key) {
        isNew(key, false);
    }

    private void begin(Duration after, Runnable work) {
        open++;
        world.strands()
                .startAfter(
                        after,
                        () -> {
                            work.run();
                            open--;
                        });
    }

    /// Asks until somebody answers; whether the call was taken.
    private boolean ask(CallRequest request, Chance chance) {
        while (true) {
            boolean known = accepted.contains(request.key());
            Optional<Accepted> answer = tried(node -> place(node, request, chance));
            if (answer.isPresent()) {
                return isTaken(request.key(), answer.get(), known);
            }
            world.strands().pause(chance.between(Duration.ofMillis(100), SOON));
        }
    }

    private static Accepted place(Node node, CallRequest request, Chance chance) {
        if (chance.hit(0.7)) {
            return node.engine().placeCall().start(request);
        }
        return switch (node.engine().placeCall().initiate(request)) {
            case Tried(var call, var dialed) -> new Starts(call);
            case NotTried(var accepted) -> accepted;
        };
    }

    /// @param known it was taken before it was asked for
    private boolean isTaken(CallKey key, Accepted answer, boolean known) {
        return switch (answer) {
            case Starts starts -> isNew(key, known);
            case Waits waits -> isNew(key, known);
            case Replayed replayed -> isThere(key);
            case NumberTaken numberTaken when known -> throw kept(key, "it is not known any more");
            case NumberTaken numberTaken -> false;
            case Contradicts contradicts -> throw kept(key, "its repetition contradicts");
            case NoSuchAccount none -> throw kept(key, "its account is gone");
        };
    }

    private boolean isNew(CallKey key, boolean known) {
        if (known || !answeredAsNew.add(key)) {
            throw kept(key, "it was taken before, and is taken for a new call");
        }
        return isThere(key);
    }

    private boolean isThere(CallKey key) {
        if (world.stores().find(key).isEmpty()) {
            throw kept(key, "it was answered and is not there");
        }
        accepted.add(key);
        return true;
    }

    private static Broken kept(CallKey key, String what) {
        return new Broken(Invariant.KEPT, key, what);
    }

    /// What a caller does about a call that was taken.
    private void meddle(CallRequest request, Chance chance) {
        CallKey key = request.key();
        if (chance.hit(0.3)) {
            later(chance, () -> ask(request, chance));
        }
        if (chance.hit(0.15)) {
            later(chance, () -> contradict(request));
        }
        if (chance.hit(0.2)) {
            later(chance, () -> tried(node -> node.engine().cancelCall().cancel(key)));
        }
        if (chance.hit(0.04)) {
            later(chance, () -> tried(node -> node.engine().releaseSlot().release(key)));
        }
    }

    private void later(Chance chance, Runnable work) {
        begin(chance.between(Duration.ZERO, WHILE), work);
    }

    private void contradict(CallRequest request) {
        CallRequest other = Requests.otherwise(request);
        tried(node -> node.engine().placeCall().start(other))
                .filter(answer -> !(answer instanceof Contradicts))
                .ifPresent(
                        answer -> {
                            throw kept(request.key(), "another content was answered " + answer);
                        });
    }

    /// Empty: nobody answered, or not in time, or that it cannot now.
    private <T> Optional<T> tried(Function<Node, T> asked) {
        try {
            return nodes.any()
                    .map(
                            node -> {
                                T answer = asked.apply(node);
                                world.trace().step(node.name(), "answers", new Object[0], answer);
                                return answer;
                            });
        } catch (StoreUnavailable | Steps.Crashed e) {
            return Optional.empty();
        }
    }
}
