package linekeeper.http;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import jakarta.json.JsonObject;

import linekeeper.application.port.Leads;
import linekeeper.application.port.Leads.Place;
import linekeeper.domain.InvalidValue;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.person.Lead;

import java.util.List;

/// Lists the leads that ended calls made, the latest updated first (E1).
final class LeadList implements HttpService {
    private final Api api;
    private final Leads leads;

    LeadList(Api api) {
        this.api = api;
        this.leads = api.services().people().leads();
    }

    @Override
    public void routing(HttpRules rules) {
        api.routes().at(rules).get("/api/leads", this::list);
    }

    private void list(ServerRequest request, ServerResponse response) {
        Caller caller = api.caller(request);
        Query query = new Query(request);
        int limit = query.limit();
        Place after = query.value("cursor", LeadList::place);
        List<Lead> found = leads.list(caller.account(), after, Page.oneMoreThan(limit));
        Page.of(found, limit, LeadList::cursor).send(response, LeadList::json);
    }

    private static String cursor(Lead lead) {
        return Cursors.seal(lead.updatedAt() + " " + lead.phone().value());
    }

    private static Place place(String sealed) {
        String[] parts = Cursors.open(sealed).split(" ", 2);
        if (parts.length == 2) {
            return new Place(Instants.parse(parts[0]), new PhoneNumber(parts[1]));
        }
        throw new InvalidValue("cursor", "must be a next_cursor of this list");
    }

    private static JsonObject json(Lead lead) {
        return new Members()
                .text("phone_number", lead.phone().value())
                .text("name", lead.name())
                .number("calls", lead.calls())
                .number("completed", lead.completed())
                .text("last_call_id", lead.lastCall())
                .text("last_status", lead.lastStatus().wireName())
                .text("created_at", lead.createdAt())
                .text("updated_at", lead.updatedAt())
                .build();
    }
}
