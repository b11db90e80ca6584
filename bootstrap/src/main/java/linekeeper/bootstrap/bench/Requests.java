package linekeeper.bootstrap.bench;

import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.CallType;
import linekeeper.domain.call.Grouping;
import linekeeper.domain.call.Recipient;
import linekeeper.domain.call.Routing;
import linekeeper.domain.call.Timing;
import linekeeper.domain.call.UserData;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/// Direct calls as a backend asks for them: an id of its own, a number, a name, a little of its own
/// data. Thread-safe.
final class Requests {
    private static final List<PhoneNumber> NUMBERS =
            IntStream.range(0, 10_000)
                    .mapToObj(i -> new PhoneNumber("+1415556%04d".formatted(i)))
                    .toList();
    private static final UserData CONTENT =
            new UserData("{\"customer\":\"c-4711\",\"language\":\"en\",\"order\":\"2026-118\"}");

    CallRequest next(AccountId account) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String id = new UUID(random.nextLong(), random.nextLong()).toString();
        return new CallRequest(
                new CallKey(account, new CallId(id)),
                new Recipient(NUMBERS.get(random.nextInt(NUMBERS.size())), null, "Ada Example"),
                Routing.DEFAULT,
                Grouping.NONE,
                Timing.ANY,
                CallType.DIRECT.defaultPriority(),
                1,
                CONTENT);
    }
}
