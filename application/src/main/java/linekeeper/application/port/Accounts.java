package linekeeper.application.port;

import linekeeper.domain.AccountId;
import linekeeper.domain.account.Account;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The accounts. The account `default` always exists.
public interface Accounts {
    Optional<Account> find(AccountId id);

    /// False: the id was taken, nothing is changed.
    boolean create(Account account);

    /// Stores what `update` makes of the account, in one commit; empty: there is none.
    Optional<Account> update(AccountId id, UnaryOperator<Account> update);

    /// In the order of their ids, after `after`, at most `most`.
    List<Account> list(String after, int most);
}
