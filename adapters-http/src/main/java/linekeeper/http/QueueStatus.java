package linekeeper.http;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import jakarta.json.JsonObject;

import linekeeper.application.port.CallQueue.Counts;
import linekeeper.application.port.CallQueue.Status;
import linekeeper.domain.call.QueuedCall;

import org.jspecify.annotations.Nullable;

/// Shows an account's queue and what it has live (D4).
final class QueueStatus implements HttpService {
    private final Api api;

    QueueStatus(Api api) {
        this.api = api;
    }

    @Override
    public void routing(HttpRules rules) {
        api.routes().at(rules).get("/api/calls/queue/status", this::show);
    }

    private void show(ServerRequest request, ServerResponse response) {
        Caller caller = api.caller(request);
        ApiServices services = api.services();
        Reply.ok(
                response,
                json(
                        services.records()
                                .queue()
                                .status(caller.account(), services.clock().instant())));
    }

    private static JsonObject json(Status status) {
        return new Members()
                .put(
                        "direct_calls",
                        counts(status.direct()).put("next_call", next(status.nextDirect())).build())
                .put("campaign_calls", counts(status.campaign()).build())
                .number("limit", status.limit())
                .number("active", status.active())
                .build();
    }

    private static Members counts(Counts counts) {
        return new Members()
                .number("queued", counts.queued())
                .number("processing", counts.live())
                .number("total", counts.queued() + counts.live());
    }

    private static @Nullable JsonObject next(@Nullable QueuedCall call) {
        if (call == null) {
            return null;
        }
        return new Members()
                .text("id", call.key().call())
                .text("phone_number", call.accepted().request().recipient().phone().value())
                .text("contact_name", call.accepted().request().recipient().name())
                .number("position", 1)
                .text("queued_at", call.accepted().createdAt())
                .build();
    }
}
