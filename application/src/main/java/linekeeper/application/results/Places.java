package linekeeper.application.results;

import linekeeper.domain.AccountId;

import java.util.HashMap;
import java.util.Map;

/// How many deliveries may run at once, per account and in all. An account whose receiver failed has
/// one place until it answers well again, then twice as many with every success: so even many receivers
/// that hang leave room for the others. Thread-safe.
final class Places {
    static final int PER_ACCOUNT = 8;
    static final int IN_ALL = 256;

    private final Map<AccountId, Account> accounts = new HashMap<>();
    private int taken;

    /// How many more may run in all.
    synchronized int free() {
        return IN_ALL - taken;
    }

    /// How many more may run of the accounts that have not all of [#PER_ACCOUNT] left.
    synchronized Map<AccountId, Integer> rooms() {
        Map<AccountId, Integer> rooms = new HashMap<>();
        accounts.forEach((id, account) -> rooms.put(id, account.room()));
        return rooms;
    }

    synchronized void take(AccountId id) {
        taken++;
        put(id, account(id).took());
    }

    /// Gives a place back.
    ///
    /// @param well whether the receiver answered well
    synchronized void giveBack(AccountId id, boolean well) {
        taken--;
        put(id, account(id).gaveBack(well));
    }

    private Account account(AccountId id) {
        return accounts.getOrDefault(id, Account.FRESH);
    }

    private void put(AccountId id, Account account) {
        if (account.equals(Account.FRESH)) {
            accounts.remove(id);
        } else {
            accounts.put(id, account);
        }
    }

    private record Account(int taken, int most) {
        static final Account FRESH = new Account(0, PER_ACCOUNT);

        int room() {
            return Math.max(0, most - taken);
        }

        Account took() {
            return new Account(taken + 1, most);
        }

        Account gaveBack(boolean well) {
            return new Account(taken - 1, well ? Math.min(PER_ACCOUNT, most * 2) : 1);
        }
    }
}
