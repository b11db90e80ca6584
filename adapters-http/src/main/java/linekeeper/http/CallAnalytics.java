package linekeeper.http;

import static linekeeper.http.JsonParts.JSON;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;

import linekeeper.application.port.Analytics;
import linekeeper.application.port.Analytics.By;
import linekeeper.application.port.Analytics.Group;
import linekeeper.domain.InvalidValue;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Shows how the account's calls went, by campaign, agent, driver or day (F8, C9).
final class CallAnalytics implements HttpService {
    private static final int MOST_GROUPS = 1_000;
    private static final Duration USUAL = Duration.ofDays(30);
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final int DIGITS = 4;

    private final Api api;
    private final Analytics analytics;

    CallAnalytics(Api api) {
        this.api = api;
        this.analytics = api.services().records().analytics();
    }

    @Override
    public void routing(HttpRules rules) {
        api.routes().at(rules).get("/api/analytics", this::show);
    }

    private void show(ServerRequest request, ServerResponse response) {
        Caller caller = api.caller(request);
        Analytics.Query query = query(new Query(request));
        List<Group> found = analytics.groups(caller.account(), query, MOST_GROUPS + 1);
        JsonArrayBuilder items = JSON.createArrayBuilder();
        found.stream().limit(MOST_GROUPS).map(CallAnalytics::json).forEach(items::add);
        Reply.ok(
                response,
                new Members()
                        .text("group_by", name(query.by()))
                        .text("from", query.from())
                        .text("to", query.to())
                        .put("items", items.build())
                        .flag("truncated", found.size() > MOST_GROUPS)
                        .build());
    }

    private Analytics.Query query(Query query) {
        By by = query.word("group_by", CallAnalytics::by);
        if (by == null) {
            throw new InvalidValue("group_by", "must be campaign, agent, driver or day");
        }
        Instant to = query.value("to", CallAnalytics::instant);
        Instant end = to == null ? api.services().clock().instant() : to;
        Instant from = query.value("from", CallAnalytics::instant);
        Instant begin = from == null ? end.minus(USUAL) : from;
        if (!begin.isBefore(end)) {
            throw new InvalidValue("from", "must be before to");
        }
        if (Duration.between(begin, end).compareTo(LONGEST) > 0) {
            throw new InvalidValue("from", "must be at most 366 days before to");
        }
        return new Analytics.Query(by, begin, end);
    }

    private static Instant instant(String text) {
        return Instants.parse(Query.plusRestored(text));
    }

    private static Optional<By> by(String name) {
        return Arrays.stream(By.values()).filter(by -> name(by).equals(name)).findFirst();
    }

    private static String name(By by) {
        return by.name().toLowerCase(Locale.ROOT);
    }

    private static JsonObject json(Group group) {
        Members ended = new Members();
        group.ended().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(one -> ended.number(one.getKey().wireName(), one.getValue()));
        return new Members()
                .text("key", group.key())
                .number("calls", group.calls())
                .put("ended", ended.build())
                .number("dialed", group.dialed())
                .number("answered", group.answered())
                .number("attempts", group.attempts())
                .decimal("answer_rate", share(group.answered(), group.dialed()))
                .decimal("completion_rate", share(group.completed(), group.dialed()))
                .decimal("mean_duration_seconds", share(group.seconds(), group.timed()))
                .decimal("total_duration_seconds", group.seconds())
                .decimal("total_cost", group.cost())
                .build();
    }

    private static @Nullable BigDecimal share(long part, long whole) {
        return share(BigDecimal.valueOf(part), whole);
    }

    /// Null: of nothing there is no share.
    private static @Nullable BigDecimal share(BigDecimal part, long whole) {
        return whole == 0
                ? null
                : part.divide(BigDecimal.valueOf(whole), DIGITS, RoundingMode.HALF_UP)
                        .stripTrailingZeros();
    }
}
