package linekeeper.application.contract;

import linekeeper.application.port.Change;
import linekeeper.application.port.Decision;
import linekeeper.domain.AccountId;
import linekeeper.domain.AgentId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.CampaignId;
import linekeeper.domain.DriverId;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.Grouping;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.Recipient;
import linekeeper.domain.call.Routing;
import linekeeper.domain.call.TimelineEvent;
import linekeeper.domain.call.Timing;
import linekeeper.domain.call.UserData;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// Calls for tests, read like `aCall("c1").ofCampaign("autumn").prioritised(5).build()`.
public final class TestCalls {
    public static final ProviderName PROVIDER = new ProviderName("simulated");
    public static final Instant NOW = Instant.parse("2026-03-29T00:59:59.123456Z");

    private final CallId id;
    private AccountId account = AccountId.DEFAULT;
    private Grouping grouping = Grouping.NONE;
    private Timing timing = Timing.ANY;
    private Routing routing = Routing.DEFAULT;
    private String phone = "+14155550100";
    private @Nullable String name = "Zoë";
    private int priority = -1;
    private @Nullable Integer attempts = 1;

    private TestCalls(String id) {
        this.id = new CallId(id);
    }

    public static TestCalls aCall(String id) {
        return new TestCalls(id);
    }

    /// Ends a live call as completed, now.
    public static Decision<Boolean> ending() {
        return current ->
                Change.to(
                        ((LiveCall) current.orElseThrow())
                                .end(new Outcome.Completed(), CallFacts.NONE, NOW),
                        TimelineEvent.of(NOW, "ended"),
                        true);
    }

    public static CallKey key(String id) {
        return new CallKey(AccountId.DEFAULT, new CallId(id));
    }

    public static ExecutionId execution(String id) {
        return new ExecutionId(PROVIDER, id);
    }

    public TestCalls of(String accountId) {
        account = new AccountId(accountId);
        return this;
    }

    public TestCalls ofCampaign(String campaign) {
        grouping = new Grouping(new CampaignId(campaign), grouping.driver());
        return this;
    }

    public TestCalls ofDriver(String driver) {
        grouping = new Grouping(grouping.campaign(), new DriverId(driver));
        return this;
    }

    public TestCalls named(@Nullable String recipient) {
        name = recipient;
        return this;
    }

    public TestCalls by(String agent) {
        routing = new Routing(new AgentId(agent), routing.from());
        return this;
    }

    public TestCalls from(String number) {
        routing = new Routing(routing.agent(), new PhoneNumber(number));
        return this;
    }

    public TestCalls prioritised(int value) {
        priority = value;
        return this;
    }

    public TestCalls to(String number) {
        phone = number;
        return this;
    }

    public TestCalls notBefore(Instant at) {
        timing = new Timing(at, timing.expiresAt());
        return this;
    }

    public TestCalls expiringAt(Instant at) {
        timing = new Timing(timing.scheduledAt(), at);
        return this;
    }

    /// Dialed up to `most` times; null: as often as its campaign says.
    public TestCalls attempts(@Nullable Integer most) {
        attempts = most;
        return this;
    }

    public CallRequest build() {
        return new CallRequest(
                new CallKey(account, id),
                new Recipient(new PhoneNumber(phone), null, name),
                routing,
                grouping,
                timing,
                priority < 0 ? grouping.type().defaultPriority() : priority,
                attempts,
                new UserData("{\"b\":1,\"a\":[true,null]}"));
    }
}
