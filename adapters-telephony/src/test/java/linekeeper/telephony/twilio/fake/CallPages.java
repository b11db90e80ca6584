package linekeeper.telephony.twilio.fake;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;

import java.util.List;
import java.util.Objects;

/// Twilio's list of calls, the newest first, page by page.
final class CallPages {
    private CallPages() {}

    static String page(List<FakeCall> calls, CreateRequest query, int largestPage) {
        int asked = Integer.parseInt(Objects.requireNonNullElse(query.one("PageSize"), "50"));
        int size = Math.min(asked, largestPage);
        int page = Integer.parseInt(Objects.requireNonNullElse(query.one("Page"), "0"));
        List<FakeCall> found =
                calls.reversed().stream()
                        .filter(FakeCall::listed)
                        .filter(call -> matches(query, "To", call.request().one("To")))
                        .filter(call -> matches(query, "From", call.request().one("From")))
                        .filter(call -> matches(query, "Status", call.status()))
                        .toList();
        JsonArrayBuilder rows = Json.createArrayBuilder();
        found.stream()
                .skip((long) page * size)
                .limit(size)
                .forEach(call -> rows.add(call.json(false)));
        boolean more = (page + 1L) * size < found.size();
        String to = Objects.requireNonNullElse(query.one("To"), "").replace("+", "%2B");
        String self = FakeTwilio.CALLS + ".json?To=" + to + "&PageSize=" + asked + "&Page=";
        JsonObjectBuilder body =
                Json.createObjectBuilder()
                        .add("calls", rows)
                        .add("page", page)
                        .add("page_size", size)
                        .add("start", page * size)
                        .add("end", page * size + size - 1)
                        .add("uri", self + page)
                        .add("first_page_uri", self + 0);
        body.add(
                "next_page_uri",
                more
                        ? Json.createValue(self + (page + 1) + "&PageToken=PACA" + page)
                        : JsonValue.NULL);
        return body.add("previous_page_uri", JsonValue.NULL).build().toString();
    }

    private static boolean matches(CreateRequest query, String name, String actual) {
        String wanted = query.one(name);
        return wanted == null || wanted.equals(actual);
    }
}
