package linekeeper.domain.call;

import linekeeper.domain.ContactId;
import linekeeper.domain.InvalidValue;
import linekeeper.domain.PhoneNumber;

import org.jspecify.annotations.Nullable;

/// Who is called.
///
/// @param name for the agent to say; up to 200 characters
public record Recipient(PhoneNumber phone, @Nullable ContactId contact, @Nullable String name) {
    private static final int MAX_NAME = 200;

    public Recipient {
        if (name != null && name.length() > MAX_NAME) {
            throw new InvalidValue("contact_name", "must be at most " + MAX_NAME + " characters");
        }
    }
}
