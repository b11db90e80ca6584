package linekeeper.application;

import linekeeper.application.port.PastCalls;
import linekeeper.application.port.PastCalls.Added;
import linekeeper.application.port.PastCalls.PastCall;
import linekeeper.domain.AccountId;

import java.time.InstantSource;
import java.util.List;
import java.util.function.LongConsumer;

/// Brings the records of calls that were made elsewhere in (C6), and takes an import back: in small
/// commits, so that it does not disturb a running service. Killed half-way it is simply begun again.
/// Thread-safe.
public final class ImportCalls {
    /// Records per commit: few enough that none lasts.
    public static final int BATCH = 1_000;

    private final PastCalls pastCalls;
    private final InstantSource clock;

    public ImportCalls(PastCalls pastCalls, InstantSource clock) {
        this.pastCalls = pastCalls;
        this.clock = clock;
    }

    /// One commit; the answers are in the order of the calls.
    ///
    /// @throws linekeeper.application.port.StoreUnavailable repeat it
    public List<Added> add(String importId, List<PastCall> calls) {
        if (calls.size() > BATCH) {
            throw new IllegalArgumentException(calls.size() + " records in one commit");
        }
        return pastCalls.add(importId, calls, clock.instant());
    }

    /// Takes an import back, newest state of its calls included; how many calls it had.
    ///
    /// @param progress told how many are gone so far
    public long undo(AccountId account, String importId, LongConsumer progress) {
        long all = 0;
        int gone = pastCalls.remove(account, importId, BATCH);
        while (gone > 0) {
            all += gone;
            progress.accept(all);
            gone = pastCalls.remove(account, importId, BATCH);
        }
        return all;
    }
}
