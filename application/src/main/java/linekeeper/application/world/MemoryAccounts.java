package linekeeper.application.world;

import linekeeper.application.port.Accounts;
import linekeeper.domain.AccountId;
import linekeeper.domain.account.Account;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The accounts in memory.
final class MemoryAccounts implements Accounts {
    private final MemoryState state;

    MemoryAccounts(MemoryState state) {
        this.state = state;
    }

    @Override
    public Optional<Account> find(AccountId id) {
        synchronized (state) {
            return Optional.ofNullable(state.accounts.get(id));
        }
    }

    @Override
    public boolean create(Account account) {
        synchronized (state) {
            return state.accounts.putIfAbsent(account.id(), account) == null;
        }
    }

    @Override
    public Optional<Account> update(AccountId id, UnaryOperator<Account> update) {
        synchronized (state) {
            return Optional.ofNullable(
                    state.accounts.computeIfPresent(id, (any, account) -> update.apply(account)));
        }
    }

    @Override
    public List<Account> list(String after, int most) {
        synchronized (state) {
            return state.accounts.values().stream()
                    .filter(account -> account.id().value().compareTo(after) > 0)
                    .sorted(Comparator.comparing(account -> account.id().value()))
                    .limit(most)
                    .toList();
        }
    }
}
