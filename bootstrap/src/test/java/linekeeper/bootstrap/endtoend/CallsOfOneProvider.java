package linekeeper.bootstrap.endtoend;

import static linekeeper.bootstrap.endtoend.World.awaitStatus;
import static linekeeper.bootstrap.endtoend.World.call;
import static linekeeper.bootstrap.endtoend.World.json;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;

import linekeeper.bootstrap.endtoend.ProviderFake.Course;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Calls of an account whose provider is the one under test: places them, moves them on, looks at them.
abstract class CallsOfOneProvider {
    private static final AtomicInteger NUMBERS = new AtomicInteger(1000);

    abstract ServiceProcess service();

    abstract World world();

    abstract ProviderFake provider();

    final String account() {
        return provider().name();
    }

    final String id(String name) {
        return provider().name() + "-" + name;
    }

    /// Every call to a number of its own, for one provider finds its calls by that.
    final String placed(String name) throws Exception {
        HttpResponse<String> answer = place(id(name), "+1415555" + NUMBERS.incrementAndGet());
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 202);
        return id(name);
    }

    final HttpResponse<String> place(String id, String number) throws Exception {
        return service()
                .post(
                        account(),
                        "/api/calls/outbound",
                        "{\"custom_call_id\":\"%s\",\"phone_number\":\"%s\"}"
                                .formatted(id, number));
    }

    final int cancel(String id) throws Exception {
        return service().post(account(), "/api/calls/" + id + "/cancel", "").statusCode();
    }

    final void course(String id, Course course, String status) throws Exception {
        provider().become(id, course);
        if (provider().tellsProgress()) {
            assertThat(provider().tell(service(), id)).isEqualTo(200);
            assertThat(record(id).getString("status")).isEqualTo(status);
        }
    }

    final void end(String id, Course course, String status) throws Exception {
        provider().become(id, course);
        assertThat(provider().tell(service(), id)).isEqualTo(200);
        awaitStatus(service(), account(), id, status);
    }

    final void awaitBound(String id) throws Exception {
        Until.holds(World.PATIENCE, id + " is bound", () -> !record(id).isNull("execution_id"));
    }

    final JsonObject record(String id) throws Exception {
        return call(service(), account(), id);
    }

    final String executionId(String id) throws Exception {
        return record(id).getString("execution_id");
    }

    final List<String> events(String id) throws Exception {
        return json(service().get(account(), "/api/calls/" + id + "/events").body())
                .getJsonArray("items")
                .getValuesAs(one -> one.asJsonObject().getString("event"));
    }

    final long slots(String id) throws Exception {
        return world().count("SELECT count(*) FROM active_calls WHERE call_id = '" + id + "'");
    }

    final long notices(String id) throws Exception {
        return world().count(
                        "SELECT count(*) FROM notices WHERE type = 'call.ended' AND call_id = '"
                                + id
                                + "'");
    }

    /// The ids they got, in the order of the drivers.
    final List<String> callDrivers(String... drivers) throws Exception {
        String wanted =
                Stream.of(drivers)
                        .map(
                                driver ->
                                        "{\"driver_id\":\"%s\",\"phone_number\":\"+1415555%d\"}"
                                                .formatted(driver, NUMBERS.incrementAndGet()))
                        .collect(Collectors.joining(","));
        HttpResponse<String> answer =
                service().post(account(), "/api/calls/drivers", "{\"drivers\":[" + wanted + "]}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return json(answer.body())
                .getJsonArray("calls")
                .getValuesAs(one -> one.asJsonObject().getString("call_sid"));
    }
}
