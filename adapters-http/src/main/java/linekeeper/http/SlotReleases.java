package linekeeper.http;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import linekeeper.application.ReleaseSlot;
import linekeeper.application.ReleaseSlot.Released;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.Failure;

import java.util.Objects;
import java.util.Optional;

/// Lets an administrator give a slot back; an unknown id is no error (B3).
final class SlotReleases implements HttpService {
    private final Api api;
    private final ReleaseSlot releaseSlot;

    SlotReleases(Api api) {
        this.api = api;
        this.releaseSlot = api.services().engine().releaseSlot();
    }

    @Override
    public void routing(HttpRules rules) {
        api.routes()
                .at(rules)
                .post("/api/slots/release", this::byExecution)
                .post("/api/slots/{call_id}/release", this::byCall);
    }

    private void byCall(ServerRequest request, ServerResponse response) {
        Caller caller = api.caller(request).requireAdmin();
        answer(response, releaseSlot.release(caller.key(Api.path(request, "call_id"))));
    }

    private void byExecution(ServerRequest request, ServerResponse response) {
        Caller caller = api.caller(request).requireAdmin();
        ExecutionId execution = execution(api.fields(request));
        answer(response, releaseSlot.release(caller.account(), execution));
    }

    private static ExecutionId execution(Fields fields) {
        require(fields, "provider");
        require(fields, "execution_id");
        ProviderName provider = fields.value(ProviderName::new, "provider");
        String id = fields.text("execution_id");
        fields.refuseIfWrong();
        return new ExecutionId(Objects.requireNonNull(provider), Objects.requireNonNull(id));
    }

    private static void require(Fields fields, String name) {
        if (!fields.has(name)) {
            fields.missing(name, name + " is required");
        }
    }

    private static void answer(ServerResponse response, Optional<Released> released) {
        Members json = new Members().flag("released", released.isPresent());
        released.ifPresent(
                slot ->
                        json.text("account_id", slot.key().account())
                                .text("call_id", slot.key().call())
                                .text("call_type", slot.type().wireName())
                                .text("status", CallStatus.FAILED.wireName())
                                .text("error_code", Failure.RELEASED_BY_OPERATOR));
        Reply.ok(response, json.build());
    }
}
