package linekeeper.bootstrap.demo;

import linekeeper.application.PlaceCall;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.CampaignId;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.CallType;
import linekeeper.domain.call.Grouping;
import linekeeper.domain.call.Recipient;
import linekeeper.domain.call.Routing;
import linekeeper.domain.call.Timing;
import linekeeper.domain.call.UserData;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/// The demo's calls: two campaigns at once, and direct calls that come in while those run.
final class Campaign {
    private static final int CAMPAIGN_CALLS = 65;
    private static final int DIRECT_CALLS = 35;
    private static final Duration DIRECT_WINDOW = Duration.ofSeconds(15);

    private final PlaceCall placeCall;
    private final Random random = new Random();
    private final Map<CallKey, Instant> accepted = new ConcurrentHashMap<>();

    Campaign(PlaceCall placeCall) {
        this.placeCall = placeCall;
    }

    /// When each call's acceptance was answered.
    Map<CallKey, Instant> accepted() {
        return accepted;
    }

    static int callsPerTenant() {
        return CAMPAIGN_CALLS + DIRECT_CALLS;
    }

    /// Returns when all calls were accepted.
    void run(List<Tenant> tenants) throws InterruptedException {
        for (Tenant tenant : tenants) {
            for (int i = 0; i < CAMPAIGN_CALLS; i++) {
                place(tenant.id(), "campaign-" + i, true);
            }
        }
        List<Runnable> direct = new ArrayList<>();
        for (Tenant tenant : tenants) {
            for (int i = 0; i < DIRECT_CALLS; i++) {
                String id = "direct-" + i;
                direct.add(() -> place(tenant.id(), id, false));
            }
        }
        Collections.shuffle(direct, random);
        for (Runnable call : direct) {
            Thread.sleep(DIRECT_WINDOW.dividedBy(direct.size()));
            call.run();
        }
    }

    private void place(AccountId account, String id, boolean ofCampaign) {
        CallKey key = new CallKey(account, new CallId(id));
        Grouping grouping =
                ofCampaign ? new Grouping(new CampaignId("autumn"), null) : Grouping.NONE;
        CallType type = grouping.type();
        placeCall.start(
                new CallRequest(
                        key,
                        new Recipient(number(), null, null),
                        Routing.DEFAULT,
                        grouping,
                        Timing.ANY,
                        type.defaultPriority(),
                        1,
                        UserData.EMPTY));
        accepted.put(key, Instant.now());
    }

    private PhoneNumber number() {
        return new PhoneNumber("+1415555%04d".formatted(random.nextInt(9_000)));
    }
}
