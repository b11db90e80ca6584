package linekeeper.bootstrap.bench;

import linekeeper.application.PlaceCall;
import linekeeper.application.port.CallObserver;
import linekeeper.bootstrap.Service;
import linekeeper.bootstrap.bench.HttpLoad.Answered;
import linekeeper.domain.AccountId;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.ActiveCall;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/// Providers' reports that come in over HTTP: of every live call that it is answered, then that it is
/// over. Each is applied and durable before it is answered.
final class WebhookSection implements Section {
    private static final int ACCOUNTS = 1_000;
    private static final int SLOTS = 100_000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Ground ground;
    private final Scale scale;

    WebhookSection(Ground ground, Scale scale) {
        this.ground = ground;
        this.scale = scale;
    }

    @Override
    public String key() {
        return "webhook";
    }

    @Override
    public String name() {
        return "webhooks over HTTP";
    }

    @Override
    public Duration expected() {
        return scale.warmUp().plus(scale.measured()).multipliedBy(2);
    }

    @Override
    public void run(Findings findings) throws SQLException, InterruptedException {
        ground.clear();
        List<AccountId> accounts =
                ground.accounts("webhook", Math.min(ACCOUNTS, scale.liveCalls()), SLOTS / ACCOUNTS);
        InstantProvider provider = new InstantProvider();
        provider.keepSilentOn(account -> true);
        Service service = Service.start(ground.served(Limits.of(SLOTS, 1)), provider);
        try {
            Answered answered = measure(service, live(service, provider, accounts));
            findings.put("webhook", answered.perSecond());
            findings.row(
                    "webhook",
                    "%,.0f /s".formatted(answered.perSecond()),
                    "POST /webhooks/simulated, applied and durable, every second one ends a call; p99 %.1f ms"
                            .formatted(answered.latency().percentile(99)));
        } finally {
            service.stop();
        }
    }

    /// Calls that are bound and wait for their provider's reports.
    private Queue<ActiveCall> live(
            Service service, InstantProvider provider, List<AccountId> accounts) {
        Queue<ActiveCall> live = new ConcurrentLinkedQueue<>();
        CallObserver collector =
                new CallObserver() {
                    @Override
                    public void bound(ActiveCall call) {
                        live.add(call);
                    }
                };
        provider.watchedBy(collector, () -> place(service, accounts, live));
        return live;
    }

    private void place(Service service, List<AccountId> accounts, Queue<ActiveCall> live) {
        PlaceCall placeCall = service.calls().placeCall();
        Requests requests = new Requests();
        Callers.run(
                scale.liveCalls(),
                256,
                i -> placeCall.start(requests.next(accounts.get(i % accounts.size()))));
        long patience = System.nanoTime() + PATIENCE.toNanos();
        while (live.size() < scale.liveCalls()) {
            if (System.nanoTime() > patience) {
                throw new IllegalStateException("Calls are not bound");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private Answered measure(Service service, Queue<ActiveCall> live) throws SQLException {
        List<Reporter> reporters =
                Collections.nCopies(AcceptSection.CONNECTIONS, live).stream()
                        .map(Reporter::new)
                        .toList();
        try (HttpLoad load = new HttpLoad(service.port(), reporters)) {
            load.run(scale.warmUp().dividedBy(2).toNanos());
            ground.run("CHECKPOINT");
            return load.run(scale.measured().toNanos());
        }
    }

    /// Reports on one call after the other.
    private static final class Reporter implements Script {
        private static final HttpRequest REQUEST = new HttpRequest("/webhooks/simulated", "");

        private final Queue<ActiveCall> live;
        private @Nullable ActiveCall answered;

        Reporter(Queue<ActiveCall> live) {
            this.live = live;
        }

        @Override
        public boolean next(ByteBuffer buffer) {
            ActiveCall call = answered == null ? live.poll() : answered;
            if (call == null) {
                return false;
            }
            put(buffer, call, answered == null ? "in_progress" : "completed");
            answered = answered == null ? call : null;
            return true;
        }

        private static void put(ByteBuffer buffer, ActiveCall call, String status) {
            REQUEST.put(
                    buffer,
                    """
                    {"account_id":"%s","call_id":"%s","attempt":1,"execution_id":"%s","status":"%s"}\
                    """
                            .formatted(
                                    call.key().account(),
                                    call.key().call(),
                                    call.execution().value(),
                                    status));
        }
    }
}
