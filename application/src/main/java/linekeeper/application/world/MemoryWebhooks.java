package linekeeper.application.world;

import linekeeper.application.port.Webhooks;
import linekeeper.domain.AccountId;
import linekeeper.domain.notice.Webhook;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// The webhooks in memory.
final class MemoryWebhooks implements Webhooks {
    private final MemoryState state;

    MemoryWebhooks(MemoryState state) {
        this.state = state;
    }

    @Override
    public Optional<Webhook> find(AccountId account) {
        synchronized (state) {
            return Optional.ofNullable(state.webhooks.get(account));
        }
    }

    @Override
    public Webhook put(AccountId account, Function<Optional<Webhook>, Webhook> change) {
        synchronized (state) {
            Webhook next = change.apply(find(account));
            state.webhooks.put(account, next);
            return next;
        }
    }

    @Override
    public Optional<Webhook> update(AccountId account, UnaryOperator<Webhook> change) {
        synchronized (state) {
            return Optional.ofNullable(
                    state.webhooks.computeIfPresent(account, (any, one) -> change.apply(one)));
        }
    }

    @Override
    public boolean remove(AccountId account) {
        synchronized (state) {
            return state.webhooks.remove(account) != null;
        }
    }
}
