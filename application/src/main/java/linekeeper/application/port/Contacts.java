package linekeeper.application.port;

import linekeeper.domain.AccountId;
import linekeeper.domain.ContactId;
import linekeeper.domain.person.Contact;

import java.util.Optional;

/// The people an account keeps.
public interface Contacts {
    Optional<Contact> find(AccountId account, ContactId id);

    /// Stores the contact in the place of the one with its id, if there is one.
    void put(AccountId account, Contact contact);
}
