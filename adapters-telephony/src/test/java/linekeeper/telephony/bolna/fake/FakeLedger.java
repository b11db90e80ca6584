package linekeeper.telephony.bolna.fake;

import jakarta.json.JsonObject;

import linekeeper.telephony.fake.CreateLedger;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What the fake counts for itself. Thread-safe.
public final class FakeLedger extends CreateLedger {
    private final Map<String, FakeExecution> executions = new LinkedHashMap<>();
    private final Map<String, FakeExecution> live = new LinkedHashMap<>();
    private final List<Move> moves = new ArrayList<>();

    void asked(JsonObject request) {
        JsonObject data = request.getJsonObject("user_data");
        asked(data.getString("account_id"), data.getString("call_id"), data.getInt("attempt"));
    }

    synchronized void placed(FakeExecution execution) {
        executions.put(execution.id(), execution);
        live.put(execution.id(), execution);
        moves.add(new Move(execution, 1));
    }

    synchronized void ended(FakeExecution execution) {
        if (live.remove(execution.id()) != null) {
            moves.add(new Move(execution, -1));
        }
    }

    synchronized @Nullable FakeExecution find(String id) {
        return executions.get(id);
    }

    public synchronized List<FakeExecution> all() {
        return List.copyOf(executions.values());
    }

    /// The calls that are live now.
    public synchronized List<FakeExecution> live() {
        return List.copyOf(live.values());
    }

    /// The most calls of each group that were live at the same time.
    public synchronized Map<String, Integer> mostLive(Function<FakeExecution, String> group) {
        Map<String, Integer> now = new HashMap<>();
        Map<String, Integer> most = new HashMap<>();
        for (Move move : moves) {
            String name = group.apply(move.execution);
            most.merge(name, now.merge(name, move.by, Integer::sum), Math::max);
        }
        return most;
    }

    /// @param by 1: it became live; -1: it ended
    private record Move(FakeExecution execution, int by) {}
}
