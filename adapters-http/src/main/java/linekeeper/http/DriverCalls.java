package linekeeper.http;

import static linekeeper.http.JsonParts.JSON;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;

import linekeeper.application.CallDrivers;
import linekeeper.application.CallDrivers.Called;
import linekeeper.application.CallDrivers.Nobody;
import linekeeper.application.CallDrivers.Placed;
import linekeeper.application.CallDrivers.Taken;
import linekeeper.application.CallDrivers.TooMany;
import linekeeper.application.CallDrivers.Unsure;
import linekeeper.application.CallDrivers.Wanted;
import linekeeper.application.CallDriversOnce;
import linekeeper.application.port.StoreUnavailable;
import linekeeper.domain.AgentId;
import linekeeper.domain.DriverId;
import linekeeper.domain.InvalidValue;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.call.Recipient;
import linekeeper.domain.call.Routing;
import linekeeper.domain.call.UserData;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Calls every driver of a list under ids made here (C1).
final class DriverCalls implements HttpService {
    private static final int MOST_DRIVERS = 1_000;

    private static final HeaderName KEY = HeaderNames.create("Idempotency-Key");
    private static final Pattern A_KEY = Pattern.compile("\\p{Graph}{1,255}");
    private static final Status UNPROCESSABLE = Status.create(422, "Unprocessable Content");
    private static final Duration SOON = Duration.ofSeconds(5);

    private final Api api;
    private final CallDrivers callDrivers;
    private final CallDriversOnce once;

    DriverCalls(Api api) {
        this.api = api;
        this.callDrivers =
                new CallDrivers(api.services().engine().placeCall(), api.services().clock());
        this.once =
                new CallDriversOnce(
                        callDrivers,
                        api.services().people().driverRequests(),
                        api.services().records().calls(),
                        api.services().clock());
    }

    @Override
    public void routing(HttpRules rules) {
        api.routes().at(rules).post("/api/calls/drivers", this::call);
    }

    private void call(ServerRequest request, ServerResponse response) {
        Caller caller = api.caller(request);
        Fields fields = api.fields(request);
        Routing routing =
                new Routing(
                        fields.value(AgentId::new, "agent_id", "agentId"),
                        fields.value(PhoneNumber::parse, "from_number", "fromNumber"));
        List<Wanted> wanted = new ArrayList<>();
        for (Fields driver : fields.items("drivers", MOST_DRIVERS)) {
            Wanted one = read(driver);
            if (one != null) {
                wanted.add(one);
            }
        }
        String key = request.headers().first(KEY).map(DriverCalls::unquoted).orElse(null);
        if (key != null && !A_KEY.matcher(key).matches()) {
            fields.wrong("Idempotency-Key", "must be 1 to 255 printable characters, no spaces");
        }
        fields.refuseIfWrong();
        if (key == null) {
            answer(response, callDrivers.call(caller.account(), routing, wanted));
        } else {
            answer(response, once.call(caller.account(), key, routing, wanted));
        }
    }

    /// A structured header has its strings in quotes; many clients leave them out.
    private static String unquoted(String key) {
        boolean quoted = key.length() > 1 && key.startsWith("\"") && key.endsWith("\"");
        return quoted ? key.substring(1, key.length() - 1) : key;
    }

    private static void answer(ServerResponse response, CallDriversOnce.Answer answer) {
        switch (answer) {
            case CallDriversOnce.Answered(List<Called> calls, boolean replayed) -> {
                if (replayed) {
                    AcceptAnswer.markReplay(response);
                }
                answer(response, calls);
            }
            case CallDriversOnce.UnderWay() ->
                    throw Problem.of(
                                    Status.CONFLICT_409,
                                    "The request with this Idempotency-Key is being carried out")
                            .withHeader("Retry-After", Long.toString(SOON.toSeconds()))
                            .asException();
            case CallDriversOnce.Contradicts() ->
                    throw Problem.of(
                                    UNPROCESSABLE,
                                    "The Idempotency-Key was used for another request")
                            .asException();
        }
    }

    /// Null: there is something wrong with it.
    private static @Nullable Wanted read(Fields fields) {
        requireAll(fields);
        DriverId driver = fields.value(DriverId::new, "driver_id", "driverId");
        PhoneNumber phone = fields.value(PhoneNumber::parse, "phone_number", "phoneNumber");
        String name = fields.text("name");
        UserData data = fields.userData("user_data", "userData");
        if (driver == null || phone == null) {
            return null;
        }
        try {
            return new Wanted(driver, new Recipient(phone, null, name), data);
        } catch (InvalidValue invalid) {
            fields.wrong("name", invalid.rule());
            return null;
        }
    }

    private static void requireAll(Fields fields) {
        if (!fields.has("driver_id", "driverId")) {
            fields.wrong("driver_id", "is required");
        }
        if (!fields.has("phone_number", "phoneNumber")) {
            fields.wrong("phone_number", "is required");
        }
    }

    private static void answer(ServerResponse response, List<Called> calls) {
        if (calls.stream().allMatch(Unsure.class::isInstance)) {
            throw new StoreUnavailable("No driver's call was recorded for certain");
        }
        JsonArrayBuilder array = JSON.createArrayBuilder();
        calls.forEach(called -> array.add(json(called)));
        Reply.json(
                response,
                Status.ACCEPTED_202,
                JSON.createObjectBuilder().add("calls", array).build());
    }

    private static JsonObject json(Called called) {
        Members json = new Members().text("driver_id", called.driver());
        return switch (called) {
            case Placed placed ->
                    json.text("call_sid", placed.call())
                            .text("status", placed.status().wireName())
                            .build();
            case Unsure unsure ->
                    json.text("call_sid", unsure.call())
                            .text("status", "unknown")
                            .text("detail", "look the call up by its call_sid before calling again")
                            .build();
            case Taken taken ->
                    refused(json, "phone_number is being called already by call " + taken.other());
            case TooMany many -> refused(json, "too many calls of this driver in one second");
            case Nobody nobody -> throw Missing.account();
        };
    }

    private static JsonObject refused(Members json, String why) {
        return json.text("call_sid", null).text("status", "refused").text("detail", why).build();
    }
}
