package linekeeper.bootstrap;

import linekeeper.application.port.NoticeObserver;
import linekeeper.application.port.Slots.ClaimScope;
import linekeeper.application.port.StoreUnavailable;
import linekeeper.application.port.Wake;
import linekeeper.application.results.DeliverNotices.Round;
import linekeeper.application.results.ResultDelivery;
import linekeeper.bootstrap.settings.Settings;
import linekeeper.domain.AccountId;
import linekeeper.domain.notice.Notice;
import linekeeper.http.ApiServices;
import linekeeper.http.results.AddressGuard;
import linekeeper.http.results.HttpResultSender;
import linekeeper.persistence.PostgresStores;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// Tells customers' backends, with one loop that takes what is due and one virtual thread per delivery.
/// How many those are is decided by the use case. Thread-safe.
final class Results {
    private static final Logger LOG = System.getLogger(Results.class.getName());
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final Duration GIVE_UP_EVERY = Duration.ofMinutes(1);

    /// How long a stop waits for deliveries under way; what is cut off then is sent again.
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(5);

    /// More than ever run at once.
    private static final int ALL = 10_000;

    private final PostgresStores stores;
    private final AddressGuard guard;
    private final ScheduledExecutorService deadlines =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("result-deadlines").daemon().factory());
    private final HttpResultSender sender;
    private final WokenLoop loop =
            new WokenLoop("results", this::take, Results::jitteredPoll, new MicrosClock());
    private final Semaphore idle = new Semaphore(ALL);
    private final ResultDelivery delivery;

    Results(PostgresStores stores, Settings settings, NoticeObserver observer) {
        this.stores = stores;
        this.guard =
                new AddressGuard(
                        InetAddress::getAllByName, new PrivateWebhooks(settings, stores.apiKeys()));
        this.sender = new HttpResultSender(guard, deadlines, TIMEOUT);
        this.delivery =
                ResultDelivery.over(
                        new ResultDelivery.Store(
                                stores.notices(),
                                stores.webhooks(),
                                stores.engine().calls(),
                                stores.engine().transcripts()),
                        new ResultDelivery.Surroundings(
                                sender,
                                this::submit,
                                wake(),
                                observer,
                                settings.results().schedule(),
                                new SecureRandom(),
                                new MicrosClock()));
    }

    ApiServices.Results services() {
        return new ApiServices.Results(delivery, stores.notices(), guard);
    }

    /// There is something to tell this account's backend.
    void tell(AccountId account) {
        loop.wake(account);
    }

    void start(Duties duties) {
        loop.start();
        duties.every(GIVE_UP_EVERY, "unwanted notices", delivery.giveUp()::runOnce);
    }

    /// Takes nothing any more and gives the deliveries under way a little time.
    void stop() throws InterruptedException {
        loop.stop();
        boolean over = idle.tryAcquire(ALL, LAST_ANSWERS.toMillis(), TimeUnit.MILLISECONDS);
        sender.close();
        if (!over) {
            idle.tryAcquire(ALL, 1, TimeUnit.SECONDS);
        }
        deadlines.shutdownNow();
    }

    private WokenLoop.Turn take(ClaimScope scope) {
        Round round = delivery.deliver().runOnce(scope);
        return new WokenLoop.Turn(round.more(), round.full(), null);
    }

    private void submit(Notice notice) {
        boolean counted = idle.tryAcquire();
        Thread.ofVirtual()
                .name("result-" + notice.id().key().call())
                .start(() -> deliver(notice, counted));
    }

    /// The place that comes free may be taken by the account's next.
    private void deliver(Notice notice, boolean counted) {
        try {
            delivery.deliver().deliver(notice);
        } catch (StoreUnavailable e) {
            LOG.log(Level.WARNING, () -> "a result waits for the database: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, () -> "result of " + notice.id() + " will be sent again", e);
        } finally {
            if (counted) {
                idle.release();
            }
            loop.wake(notice.id().key().account());
        }
    }

    private Wake wake() {
        return new Wake() {
            @Override
            public void dispatch(AccountId account) {}

            @Override
            public void tell(AccountId account) {
                loop.wake(account);
            }
        };
    }

    private static Duration jitteredPoll() {
        return POLL.plusMillis(ThreadLocalRandom.current().nextLong(POLL.toMillis()));
    }
}
