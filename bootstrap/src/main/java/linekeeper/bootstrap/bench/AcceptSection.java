package linekeeper.bootstrap.bench;

import linekeeper.bootstrap.Service;
import linekeeper.bootstrap.bench.HttpLoad.Answered;
import linekeeper.domain.AccountId;
import linekeeper.domain.account.Limits;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Calls that come in over HTTP, each durable before it is answered, while every slot is in use: each
/// is put into the queue and told its place there.
final class AcceptSection implements Section {
    static final int CONNECTIONS = 64;
    private static final int ACCOUNTS = 50;
    private static final int LIMIT = 2;

    private final Ground ground;
    private final Scale scale;

    AcceptSection(Ground ground, Scale scale) {
        this.ground = ground;
        this.scale = scale;
    }

    @Override
    public String key() {
        return "accept";
    }

    @Override
    public String name() {
        return "accepting over HTTP";
    }

    @Override
    public Duration expected() {
        return scale.warmUp().plus(scale.measured());
    }

    @Override
    public void run(Findings findings) throws SQLException, InterruptedException {
        ground.clear();
        List<AccountId> accounts = ground.accounts("accept", ACCOUNTS, LIMIT);
        List<String> keys = ground.keys(accounts);
        InstantProvider provider = new InstantProvider();
        provider.keepSilentOn(account -> true);
        Service service = Service.start(ground.served(Limits.of(1_000, LIMIT)), provider);
        try {
            tell(findings, measure(service, keys));
        } finally {
            service.stop();
        }
    }

    private Answered measure(Service service, List<String> keys) throws SQLException {
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            callers.add(new Caller(i, keys.get(i % keys.size())));
        }
        try (HttpLoad load = new HttpLoad(service.port(), callers)) {
            load.run(scale.warmUp().toNanos());
            ground.run("CHECKPOINT");
            return load.run(scale.measured().toNanos());
        }
    }

    private static void tell(Findings findings, Answered answered) {
        findings.put("accept", answered.perSecond());
        findings.put("accept_ms", answered.latency().json());
        findings.row(
                "accept",
                "%,.0f /s".formatted(answered.perSecond()),
                "POST /api/calls/outbound, durable, %d connections, %d accounts"
                        .formatted(CONNECTIONS, ACCOUNTS));
        findings.row("accept", answered.latency().median(), answered.latency().others());
    }

    /// Asks for one new call after the other.
    private static final class Caller implements Script {
        private final int number;
        private final HttpRequest request;
        private long calls;

        Caller(int number, String key) {
            this.number = number;
            this.request =
                    new HttpRequest("/api/calls/outbound", "Authorization: Bearer " + key + "\r\n");
        }

        @Override
        public boolean next(ByteBuffer buffer) {
            request.put(
                    buffer,
                    """
                    {"custom_call_id":"call-%d-%d","phone_number":"+1415555%04d",\
                    "contact_name":"Ada Example","user_data":{"customer":"c-4711","language":"en"}}\
                    """
                            .formatted(number, calls++, calls % 10_000));
            return true;
        }
    }
}
