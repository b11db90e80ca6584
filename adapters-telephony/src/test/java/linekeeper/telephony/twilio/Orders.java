package linekeeper.telephony.twilio;

import linekeeper.application.port.DialOrder;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.Line;
import linekeeper.domain.call.Recipient;
import linekeeper.telephony.twilio.TwilioSettings.Defaults;
import linekeeper.telephony.twilio.fake.FakeTwilio;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What the tests of this package dial, and with which settings.
final class Orders {
    static final PhoneNumber TO = new PhoneNumber("+14155551212");
    static final Instant RESERVED = Instant.parse("2026-11-20T09:15:00.700Z");
    static final Line DEFAULT_LINE = new Line(null, null, null);
    static final TwilioAccount ACCOUNT =
            new TwilioAccount(FakeTwilio.ACCOUNT_SID, FakeTwilio.AUTH_TOKEN);
    static final Defaults DEFAULTS =
            new Defaults(
                    "+14155550100",
                    URI.create("https://voice.example.com/twiml?lang=en"),
                    MachineDetection.ENABLE,
                    true);

    private Orders() {}

    static DialOrder order(String id) {
        return order(id, TO, DEFAULT_LINE);
    }

    static DialOrder order(String id, PhoneNumber to, Line line) {
        CallRequest request = CallRequest.direct(key(id), new Recipient(to, null, null));
        return new DialOrder(request, 1, RESERVED, line);
    }

    static CallKey key(String id) {
        return new CallKey(AccountId.DEFAULT, new CallId(id));
    }

    static ExecutionId execution(String sid) {
        return new ExecutionId(TwilioProvider.NAME, sid);
    }

    static TwilioSettings settings(URI url) {
        return settings(url, ACCOUNT, DEFAULTS);
    }

    static TwilioSettings settings(URI url, @Nullable TwilioAccount account, Defaults defaults) {
        return new TwilioSettings(
                url, account, defaults, "https://calls.example.com", Duration.ofMinutes(2));
    }

    /// Our calls, as a test says they are.
    static final class Known implements OurCalls {
        final Map<ExecutionId, CallKey> owners = new HashMap<>();
        int unbound = 1;

        @Override
        public int unboundTo(PhoneNumber number) {
            return number.equals(TO) ? unbound : 0;
        }

        @Override
        public Optional<CallKey> ownerOf(ExecutionId execution) {
            return Optional.ofNullable(owners.get(execution));
        }
    }
}
