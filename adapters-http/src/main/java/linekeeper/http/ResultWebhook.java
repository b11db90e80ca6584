package linekeeper.http;

import static linekeeper.http.JsonParts.JSON;

import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import jakarta.json.JsonArrayBuilder;

import linekeeper.application.results.SetUpWebhook;
import linekeeper.application.results.SetUpWebhook.Wish;
import linekeeper.domain.InvalidValue;
import linekeeper.domain.notice.NoticeType;
import linekeeper.domain.notice.Webhook;
import linekeeper.domain.notice.Webhook.Disabled;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Where the account's backend wants its results (A5).
final class ResultWebhook implements HttpService {
    private static final String PATH = "/api/webhook";
    private static final String KNOWN_EVENTS =
            Arrays.stream(NoticeType.values())
                    .map(NoticeType::wireName)
                    .collect(Collectors.joining(", "));

    private final Api api;
    private final SetUpWebhook setUp;

    ResultWebhook(Api api) {
        this.api = api;
        this.setUp = api.services().results().delivery().setUp();
    }

    @Override
    public void routing(HttpRules rules) {
        api.routes()
                .at(rules)
                .get(PATH, this::show)
                .on(Method.PUT, PATH, this::put)
                .on(Method.DELETE, PATH, this::remove);
    }

    /// The only answer with the secret.
    private void put(ServerRequest request, ServerResponse response) {
        Caller caller = api.caller(request);
        Webhook webhook = setUp.put(caller.account(), wish(api.fields(request)));
        Reply.ok(
                response,
                new Members()
                        .text("url", webhook.url())
                        .text("secret", webhook.secrets().current().value())
                        .put("events", events(webhook).build())
                        .build());
    }

    private void show(ServerRequest request, ServerResponse response) {
        Webhook webhook = setUp.find(api.caller(request).account()).orElseThrow(Missing::webhook);
        Disabled disabled = webhook.disabled();
        Reply.ok(
                response,
                new Members()
                        .text("url", webhook.url())
                        .put("events", events(webhook).build())
                        .text("created_at", webhook.createdAt())
                        .text("disabled_since", disabled == null ? null : disabled.since())
                        .text("disabled_reason", disabled == null ? null : disabled.why())
                        .build());
    }

    private void remove(ServerRequest request, ServerResponse response) {
        if (!setUp.remove(api.caller(request).account())) {
            throw Missing.webhook();
        }
        response.status(Status.NO_CONTENT_204).send();
    }

    private Wish wish(Fields fields) {
        URI url = fields.value(ResultWebhook::url, "url");
        if (!fields.has("url")) {
            fields.missing("url", "url is required");
        }
        if (url != null) {
            api.services()
                    .results()
                    .guard()
                    .objection(url)
                    .ifPresent(why -> fields.wrong("url", why));
        }
        Set<NoticeType> events = events(fields);
        Boolean rotate = fields.flag("rotate");
        fields.refuseIfWrong();
        return new Wish(requireUrl(url), events, rotate != null && rotate);
    }

    private static URI requireUrl(@Nullable URI url) {
        if (url == null) {
            throw new InvalidValue("url", "is required");
        }
        return url;
    }

    private static URI url(String text) {
        try {
            URI url = URI.create(text);
            Webhook.check(url);
            return url;
        } catch (InvalidValue invalid) {
            throw invalid;
        } catch (IllegalArgumentException e) {
            throw new InvalidValue("url", "must be an http or https URL with a host");
        }
    }

    private static Set<NoticeType> events(Fields fields) {
        List<String> names = fields.texts("events");
        if (names == null) {
            return EnumSet.allOf(NoticeType.class);
        }
        EnumSet<NoticeType> events = EnumSet.noneOf(NoticeType.class);
        names.forEach(name -> NoticeType.named(name).ifPresent(events::add));
        boolean unknown = names.stream().anyMatch(name -> NoticeType.named(name).isEmpty());
        if (unknown || events.isEmpty()) {
            fields.wrong("events", "must be some of " + KNOWN_EVENTS);
        }
        return events;
    }

    private static JsonArrayBuilder events(Webhook webhook) {
        JsonArrayBuilder events = JSON.createArrayBuilder();
        webhook.events().stream().sorted().forEach(type -> events.add(type.wireName()));
        return events;
    }
}
