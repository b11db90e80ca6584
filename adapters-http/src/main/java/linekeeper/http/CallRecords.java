package linekeeper.http;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import linekeeper.application.port.CallFilter;
import linekeeper.application.port.CallPage;
import linekeeper.application.port.Calls;
import linekeeper.application.port.PageRequest;
import linekeeper.domain.CallKey;
import linekeeper.domain.CampaignId;
import linekeeper.domain.DriverId;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.CallType;
import linekeeper.domain.call.EndedCall;

import java.util.Arrays;
import java.util.Optional;

/// Shows calls: one, or those of the account, newest first.
final class CallRecords implements HttpService {
    private final Api api;
    private final Calls calls;

    CallRecords(Api api) {
        this.api = api;
        this.calls = api.services().records().calls();
    }

    @Override
    public void routing(HttpRules rules) {
        api.routes()
                .at(rules)
                .get("/api/calls", this::list)
                .get("/api/calls/{call_id}", this::show);
    }

    private void show(ServerRequest request, ServerResponse response) {
        CallKey key = api.caller(request).key(Api.path(request, "call_id"));
        Call call =
                calls.find(key).orElseThrow(() -> api.routes().absence(request, Missing.call()));
        if (call instanceof EndedCall && calls.isHidden(key)) {
            throw Missing.hidden();
        }
        Reply.ok(response, CallJson.of(call));
    }

    private void list(ServerRequest request, ServerResponse response) {
        Caller caller = api.caller(request);
        Query query = new Query(request);
        PageRequest wanted = new PageRequest(query.limit(), query.value("cursor", Cursors::read));
        CallPage page = calls.list(caller.account(), filter(query), wanted);
        new ListAnswer<>(page.calls(), Cursors.write(page.next())).send(response, CallJson::of);
    }

    private static CallFilter filter(Query query) {
        return new CallFilter(
                query.word("status", CallStatus::named),
                query.word("type", CallRecords::type),
                query.value("campaign_id", CampaignId::new),
                query.value("driver_id", DriverId::new),
                query.value("phone_number", text -> PhoneNumber.parse(withPlus(text))),
                query.value("from", text -> Instants.parse(Query.plusRestored(text))),
                query.value("to", text -> Instants.parse(Query.plusRestored(text))));
    }

    private static String withPlus(String number) {
        return number.startsWith(" ") ? "+" + number.strip() : number;
    }

    private static Optional<CallType> type(String name) {
        return Arrays.stream(CallType.values()).filter(t -> t.wireName().equals(name)).findFirst();
    }
}
