package linekeeper.telephony.elevenlabs;

import linekeeper.application.port.DialOrder;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.CallType;
import linekeeper.domain.call.Grouping;
import linekeeper.domain.call.Line;
import linekeeper.domain.call.Recipient;
import linekeeper.domain.call.Routing;
import linekeeper.domain.call.Timing;
import linekeeper.domain.call.UserData;
import linekeeper.telephony.elevenlabs.fake.FakeElevenLabs;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Dial orders and settings for tests.
final class TestOrders {
    static final Line DEFAULT_LINE = new Line(null, null, null);
    static final Duration LISTED_WITHIN = Duration.ofSeconds(90);

    private TestOrders() {}

    static DialOrder order(String id) {
        return order("default", id, 1);
    }

    static DialOrder order(String account, String id, int attempt) {
        CallKey key = new CallKey(new AccountId(account), new CallId(id));
        return new DialOrder(request(key, "{}"), attempt, Instant.now(), DEFAULT_LINE);
    }

    static CallRequest request(CallKey key, String userData) {
        return new CallRequest(
                key,
                new Recipient(new PhoneNumber("+14155550100"), null, "Asha"),
                Routing.DEFAULT,
                Grouping.NONE,
                Timing.ANY,
                CallType.DIRECT.defaultPriority(),
                1,
                new UserData(userData));
    }

    static ElevenLabsSettings settings(URI url, Trunk trunk) {
        return new ElevenLabsSettings(
                url,
                FakeElevenLabs.API_KEY,
                "agent_1",
                "phnum_1",
                trunk,
                List.of("wsec_test_secret"),
                LISTED_WITHIN);
    }
}
