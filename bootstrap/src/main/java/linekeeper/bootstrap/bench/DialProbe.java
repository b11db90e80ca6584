package linekeeper.bootstrap.bench;

import linekeeper.application.port.CallObserver;
import linekeeper.bootstrap.Service;
import linekeeper.domain.AccountId;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.ReservedCall;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// One call after the other, each of which finds a slot free: from the asking to the dial. Driven by one
/// thread, told by others.
final class DialProbe implements CallObserver {
    private static final Duration PAUSE = Duration.ofMillis(2);
    private static final int PATIENCE_SECONDS = 30;

    private final Service service;
    private final InstantProvider provider;
    private final AccountId account;
    private final Requests requests = new Requests();
    private final Latency latency = new Latency();
    private final Semaphore over = new Semaphore(0);
    private volatile long askedAt;

    DialProbe(Service service, InstantProvider provider, AccountId account) {
        this.service = service;
        this.provider = provider;
        this.account = account;
    }

    Latency latency() {
        return latency;
    }

    @Override
    public void dialing(ReservedCall call, Instant now) {
        if (call.key().account().equals(account)) {
            latency.record(System.nanoTime() - askedAt);
        }
    }

    @Override
    public void ended(EndedCall call) {
        if (call.key().account().equals(account)) {
            over.release();
        }
    }

    void run(int times) throws InterruptedException {
        provider.watchedBy(
                this,
                () -> {
                    for (int i = 0; i < times; i++) {
                        askedAt = System.nanoTime();
                        service.calls().placeCall().start(requests.next(account));
                        if (!over.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                            throw new IllegalStateException("A call does not end");
                        }
                        Thread.sleep(PAUSE);
                    }
                });
    }
}
