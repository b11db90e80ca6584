package linekeeper.application.port;

import linekeeper.domain.AccountId;
import linekeeper.domain.notice.Webhook;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Where each account's backend wants its results; at most one place per account.
public interface Webhooks {
    Optional<Webhook> find(AccountId account);

    /// Stores what `change` makes of the account's webhook, or of there being none, in one commit.
    Webhook put(AccountId account, Function<Optional<Webhook>, Webhook> change);

    /// Stores what `change` makes of the webhook, if there is one.
    Optional<Webhook> update(AccountId account, UnaryOperator<Webhook> change);

    /// False: there was none.
    boolean remove(AccountId account);
}
