package linekeeper.http;

import linekeeper.application.port.Figures;
import linekeeper.application.port.StoreUnavailable;
import linekeeper.domain.AccountId;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/// Figures as a test wants them.
final class FakeFigures implements Figures {
    volatile Load load = new Load(List.of(), List.of());
    volatile Trouble trouble = new Trouble(0, 0, Set.of());
    volatile int reads;
    volatile boolean down;

    @Override
    public synchronized Load load(int most) {
        check();
        reads++;
        return load;
    }

    @Override
    public Load load(AccountId account) {
        check();
        return new Load(
                load.waiting().stream().filter(one -> account.equals(one.account())).toList(),
                load.active().stream().filter(one -> account.equals(one.account())).toList());
    }

    @Override
    public Trouble trouble(Instant unboundSince, Instant staleSince) {
        check();
        return trouble;
    }

    private void check() {
        if (down) {
            throw new StoreUnavailable("the database is gone");
        }
    }
}
