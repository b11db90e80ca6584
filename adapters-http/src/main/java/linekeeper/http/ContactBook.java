package linekeeper.http;

import io.helidon.http.Method;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import jakarta.json.JsonObject;

import linekeeper.application.port.Contacts;
import linekeeper.domain.ContactId;
import linekeeper.domain.InvalidValue;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.person.Contact;

import java.time.ZoneId;
import java.util.Objects;

/// Keeps the account's contacts.
final class ContactBook implements HttpService {
    private static final String PATH = "/api/contacts/{contact_id}";
    private static final String PHONE = "phone_number";

    private final Api api;
    private final Contacts contacts;

    ContactBook(Api api) {
        this.api = api;
        this.contacts = api.services().people().contacts();
    }

    @Override
    public void routing(HttpRules rules) {
        api.routes().at(rules).get(PATH, this::show).on(Method.PUT, PATH, this::put);
    }

    private void show(ServerRequest request, ServerResponse response) {
        Caller caller = api.caller(request);
        Reply.ok(
                response,
                contacts.find(caller.account(), id(request))
                        .map(ContactBook::json)
                        .orElseThrow(Missing::contact));
    }

    private void put(ServerRequest request, ServerResponse response) {
        Caller caller = api.caller(request);
        ContactId id = id(request);
        Fields fields = api.fields(request);
        if (!fields.has(PHONE, "phoneNumber")) {
            fields.missing(PHONE, PHONE + " is required");
        }
        PhoneNumber phone = fields.value(PhoneNumber::parse, PHONE, "phoneNumber");
        String name = fields.text("name");
        ZoneId zone = fields.value(ContactBook::zone, "time_zone", "timeZone");
        fields.refuseIfWrong();
        Contact contact = new Contact(id, Objects.requireNonNull(phone), name, zone);
        contacts.put(caller.account(), contact);
        Reply.ok(response, json(contact));
    }

    private static ContactId id(ServerRequest request) {
        return new ContactId(Api.path(request, "contact_id"));
    }

    /// A place, for an offset knows no daylight saving.
    private static ZoneId zone(String text) {
        if (!ZoneId.getAvailableZoneIds().contains(text)) {
            throw new InvalidValue("time_zone", "must be a time zone as in Europe/Berlin");
        }
        return ZoneId.of(text);
    }

    private static JsonObject json(Contact contact) {
        return new Members()
                .text("contact_id", contact.id())
                .text(PHONE, contact.phone().value())
                .text("name", contact.name())
                .text("time_zone", contact.timeZone())
                .build();
    }
}
