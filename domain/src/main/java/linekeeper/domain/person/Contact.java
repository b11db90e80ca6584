package linekeeper.domain.person;

import linekeeper.domain.ContactId;
import linekeeper.domain.InvalidValue;
import linekeeper.domain.PhoneNumber;

import org.jspecify.annotations.Nullable;

import java.time.ZoneId;

/// A person the account keeps the number of, so that a call may name the person instead.
///
/// @param name up to 200 characters
/// @param timeZone where the person lives; null: told from the number
public record Contact(
        ContactId id, PhoneNumber phone, @Nullable String name, @Nullable ZoneId timeZone) {
    private static final int MAX_NAME = 200;

    public Contact {
        if (name != null && name.length() > MAX_NAME) {
            throw new InvalidValue("name", "must be at most " + MAX_NAME + " characters");
        }
    }
}
