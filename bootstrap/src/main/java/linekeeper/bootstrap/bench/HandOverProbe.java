package linekeeper.bootstrap.bench;

import linekeeper.application.port.CallObserver;
import linekeeper.bootstrap.Service;
import linekeeper.domain.AccountId;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.ReservedCall;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// One account with one slot, where one call is live and the next one waits: each end hands the slot
/// over. Driven by one thread, told by others.
final class HandOverProbe implements CallObserver {
    private static final Duration PAUSE = Duration.ofMillis(2);
    private static final int PATIENCE_SECONDS = 30;

    private final Service service;
    private final InstantProvider provider;
    private final AccountId account;
    private final Requests requests = new Requests();
    private final BlockingQueue<ActiveCall> live = new ArrayBlockingQueue<>(2);
    private final Latency fromFree = new Latency();
    private final Latency fromEnd = new Latency();
    private volatile long endedAt;
    private volatile long freedAt;

    /// @param account has one slot, and `provider` is silent on it
    HandOverProbe(Service service, InstantProvider provider, AccountId account) {
        this.service = service;
        this.provider = provider;
        this.account = account;
    }

    /// From the commit that freed the slot: from the first that the service learns of it.
    Latency fromFree() {
        return fromFree;
    }

    /// From when the provider told the end.
    Latency fromEnd() {
        return fromEnd;
    }

    @Override
    public void slotFreed(AccountId whose, Instant now) {
        committed(whose);
    }

    /// Mostly in the same commit.
    @Override
    public void reserved(ReservedCall call) {
        committed(call.key().account());
    }

    private void committed(AccountId whose) {
        if (whose.equals(account) && freedAt == 0) {
            freedAt = System.nanoTime();
        }
    }

    @Override
    public void dialing(ReservedCall call, Instant now) {
        if (call.key().account().equals(account) && endedAt != 0) {
            long dialed = System.nanoTime();
            fromFree.record(dialed - freedAt);
            fromEnd.record(dialed - endedAt);
        }
    }

    @Override
    public void bound(ActiveCall call) {
        if (call.key().account().equals(account)) {
            live.add(call);
        }
    }

    /// Hands the slot over so many times and gives it back.
    void run(int times) throws InterruptedException {
        provider.watchedBy(
                this,
                () -> {
                    place();
                    for (int i = 0; i < times; i++) {
                        place();
                        ActiveCall call = bound();
                        Thread.sleep(PAUSE);
                        freedAt = 0;
                        endedAt = System.nanoTime();
                        provider.end(call);
                    }
                    ActiveCall last = bound();
                    endedAt = 0;
                    provider.end(last);
                });
    }

    private void place() {
        service.calls().placeCall().start(requests.next(account));
    }

    private ActiveCall bound() throws InterruptedException {
        ActiveCall call = live.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (call == null) {
            throw new IllegalStateException("A free slot was not handed over");
        }
        return call;
    }
}
