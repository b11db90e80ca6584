package linekeeper.persistence;

import linekeeper.domain.AccountId;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// What was read of each account and holds for a while. Whoever finds it old reads it anew; the others go
/// on with what is known, and do not wait. Thread-safe.
final class LearnedByAccount<T> {
    private static final int ACCOUNTS = 10_000;

    private final T nothing;
    private final Read<T> read;
    private final Map<AccountId, Learned<T>> learned = new BoundedMap<>(ACCOUNTS);

    /// @param nothing what is known of an account before it was first read
    LearnedByAccount(T nothing, Read<T> read) {
        this.nothing = nothing;
        this.read = read;
    }

    /// @param turn what was read in another turn is old
    T of(AccountId account, long turn) {
        Learned<T> known;
        synchronized (learned) {
            known = learned.get(account);
            if (known != null && known.turn == turn) {
                return known.value;
            }
            T meanwhile = known == null ? nothing : known.value;
            learned.put(account, new Learned<>(meanwhile, turn));
        }
        return learn(account, known, turn);
    }

    private T learn(AccountId account, @Nullable Learned<T> known, long turn) {
        try {
            T before = known == null ? nothing : known.value;
            Learned<T> now = new Learned<>(read.read(account, turn, before), turn);
            remember(account, now);
            return now.value;
        } catch (RuntimeException e) {
            remember(account, known);
            throw e;
        }
    }

    private void remember(AccountId account, @Nullable Learned<T> value) {
        synchronized (learned) {
            if (value == null) {
                learned.remove(account);
            } else {
                learned.put(account, value);
            }
        }
    }

    /// Reads what is to be known in `turn`.
    interface Read<T> {
        /// @param known what was known before
        T read(AccountId account, long turn, T known);
    }

    private record Learned<T>(T value, long turn) {}
}
