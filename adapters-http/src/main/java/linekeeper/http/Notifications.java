package linekeeper.http;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import jakarta.json.JsonObject;

import linekeeper.application.port.Notices.NoticeFilter;
import linekeeper.application.port.Notices.NoticePage;
import linekeeper.application.port.Notices.Place;
import linekeeper.application.port.Notices.ReplayRange;
import linekeeper.application.port.Notices.Replayed;
import linekeeper.domain.CallKey;
import linekeeper.domain.InvalidValue;
import linekeeper.domain.notice.Notice;
import linekeeper.domain.notice.NoticeId;
import linekeeper.domain.notice.NoticeStatus;
import linekeeper.domain.notice.Telling;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// Shows what the account's backend was told or will be, and has it told again (H4).
final class Notifications implements HttpService {
    private static final String PATH = "/api/notifications";
    private static final String PLACE_SEPARATOR = " ";

    /// One request replays no more; its answer says where to go on.
    private static final int MOST_REPLAYED = 10_000;

    private final Api api;
    private final ApiServices.Results results;

    Notifications(Api api) {
        this.api = api;
        this.results = api.services().results();
    }

    @Override
    public void routing(HttpRules rules) {
        api.routes()
                .at(rules)
                .get(PATH, this::list)
                .post(PATH + "/replay", this::replayRange)
                .post(PATH + "/{id}/replay", this::replayOne);
    }

    private void list(ServerRequest request, ServerResponse response) {
        Caller caller = api.caller(request);
        Query query = new Query(request);
        int limit = query.limit();
        CallKey call = query.value("call_id", caller::key);
        NoticeFilter filter = new NoticeFilter(query.word("status", NoticeStatus::named), call);
        NoticePage page =
                new NoticePage(
                        Page.oneMoreThan(limit), query.value("cursor", Notifications::place));
        List<Notice> found = results.notices().list(caller.account(), filter, page);
        Page.of(found, limit, Notifications::cursor).send(response, Notifications::json);
    }

    private void replayOne(ServerRequest request, ServerResponse response) {
        Caller caller = api.caller(request);
        NoticeId id = id(Api.path(request, "id"));
        if (id == null || !id.key().account().equals(caller.account())) {
            throw Missing.notification();
        }
        Notice notice = results.delivery().replay().one(id).orElseThrow(Missing::notification);
        Reply.ok(response, json(notice));
    }

    private void replayRange(ServerRequest request, ServerResponse response) {
        Caller caller = api.caller(request);
        Replayed replayed =
                results.delivery().replay().range(caller.account(), range(api.fields(request)));
        Reply.ok(
                response,
                new Members()
                        .number("replayed", replayed.count())
                        .text("next_from", replayed.next())
                        .build());
    }

    private static ReplayRange range(Fields fields) {
        Instant from = fields.instant("from");
        Instant to = fields.instant("to");
        for (String name : List.of("from", "to")) {
            if (!fields.has(name)) {
                fields.missing(name, name + " is required");
            }
        }
        NoticeStatus status = fields.value(Notifications::status, "status");
        fields.refuseIfWrong();
        return new ReplayRange(required("from", from), required("to", to), status, MOST_REPLAYED);
    }

    private static Instant required(String name, @Nullable Instant time) {
        if (time == null) {
            throw new InvalidValue(name, "is required");
        }
        return time;
    }

    private static NoticeStatus status(String word) {
        return NoticeStatus.named(word)
                .orElseThrow(() -> new InvalidValue("status", "is not a known word"));
    }

    private static @Nullable NoticeId id(String text) {
        try {
            return NoticeId.parse(text);
        } catch (InvalidValue e) {
            return null;
        }
    }

    private static String cursor(Notice notice) {
        return Cursors.seal(notice.createdAt() + PLACE_SEPARATOR + notice.id().text());
    }

    private static Place place(String cursor) {
        String[] parts = Cursors.open(cursor).split(PLACE_SEPARATOR, -1);
        try {
            return new Place(Instants.parse(parts[0]), NoticeId.parse(parts[parts.length - 1]));
        } catch (InvalidValue e) {
            throw new InvalidValue("cursor", "must be a next_cursor of this list");
        }
    }

    private static JsonObject json(Notice notice) {
        Telling telling = notice.telling();
        boolean pending = telling.status() == NoticeStatus.PENDING;
        return new Members()
                .text("id", notice.id().text())
                .text("type", notice.type().wireName())
                .text("call_id", notice.id().key().call())
                .number("sequence", notice.id().sequence())
                .text("status", telling.status().wireName())
                .number("deliveries", telling.deliveries())
                .text("last_answer", telling.answer())
                .text("due_at", pending ? telling.dueAt() : null)
                .text("created_at", notice.createdAt())
                .text("delivered_at", telling.deliveredAt())
                .build();
    }
}
