package linekeeper.http;

import linekeeper.domain.AgentId;
import linekeeper.domain.CallKey;
import linekeeper.domain.ContactId;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.Grouping;
import linekeeper.domain.call.Recipient;
import linekeeper.domain.call.Routing;
import linekeeper.domain.call.Timing;
import linekeeper.domain.call.UserData;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Objects;

/// The fields that every way of asking for a call has, in snake and in camel case.
record CallFields(
        @Nullable PhoneNumber phone,
        @Nullable ContactId contact,
        @Nullable String contactName,
        Routing routing,
        @Nullable Instant scheduledAt,
        @Nullable Instant expiresAt,
        @Nullable Integer priority,
        @Nullable Integer maxAttempts,
        UserData userData) {
    private static final String[] PHONE = {
        "phone_number", "phoneNumber", "recipient_phone", "recipientPhone"
    };
    private static final String[] CONTACT = {"contact_id", "contactId"};
    private static final int ONE_ATTEMPT = 1;

    static CallFields read(Fields fields) {
        requireSomebody(fields);
        return new CallFields(
                fields.value(PhoneNumber::parse, PHONE),
                fields.value(ContactId::new, CONTACT),
                fields.text("contact_name", "contactName"),
                new Routing(
                        fields.value(AgentId::new, "agent_id", "agentId"),
                        fields.value(PhoneNumber::parse, "from_number", "fromNumber")),
                fields.instant("scheduled_at", "scheduledAt"),
                fields.instant("expires_at", "expiresAt"),
                fields.integer("priority"),
                fields.integer("max_attempts", "maxAttempts"),
                fields.userData("user_data", "userData"));
    }

    private static void requireSomebody(Fields fields) {
        if (!fields.has(PHONE) && !fields.has(CONTACT)) {
            fields.missing("phone_number", "phone_number or contact_id is required");
        }
    }

    /// With the number of the contact that is named in its place. A repetition is to the number the
    /// call was accepted for, whatever became of the contact since (A4).
    CallFields knowing(Api api, Fields fields, CallKey key) {
        if (phone != null || contact == null) {
            return this;
        }
        return api.services()
                .records()
                .calls()
                .find(key)
                .map(call -> call.accepted().request().recipient())
                .filter(recipient -> contact.equals(recipient.contact()))
                .map(recipient -> calling(recipient.phone(), recipient.name()))
                .orElseGet(() -> known(api, fields, key));
    }

    private CallFields known(Api api, Fields fields, CallKey key) {
        return api.services()
                .people()
                .contacts()
                .find(key.account(), Objects.requireNonNull(contact))
                .map(one -> calling(one.phone(), one.name()))
                .orElseGet(() -> unknown(fields));
    }

    private CallFields unknown(Fields fields) {
        fields.wrong(CONTACT, "is not a known contact; a phone_number is needed");
        fields.refuseIfWrong();
        return this;
    }

    private CallFields calling(PhoneNumber number, @Nullable String name) {
        return new CallFields(
                number,
                contact,
                contactName == null ? name : contactName,
                routing,
                scheduledAt,
                expiresAt,
                priority,
                maxAttempts,
                userData);
    }

    /// Only once nothing was found wrong with the fields.
    CallRequest request(CallKey key, Grouping grouping) {
        return new CallRequest(
                key,
                new Recipient(Objects.requireNonNull(phone), contact, contactName),
                routing,
                grouping,
                new Timing(scheduledAt, expiresAt),
                priority == null ? grouping.type().defaultPriority() : priority,
                maxAttempts(grouping),
                userData);
    }

    /// A campaign's call that does not say is dialed as often as its campaign says.
    private @Nullable Integer maxAttempts(Grouping grouping) {
        boolean once = maxAttempts == null && grouping.campaign() == null;
        return once ? Integer.valueOf(ONE_ATTEMPT) : maxAttempts;
    }
}
