package linekeeper.application.world;

import linekeeper.application.port.Contacts;
import linekeeper.domain.AccountId;
import linekeeper.domain.ContactId;
import linekeeper.domain.person.Contact;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The contacts in memory. Thread-safe.
public final class MemoryContacts implements Contacts {
    private final Map<Key, Contact> contacts = new ConcurrentHashMap<>();

    @Override
    public Optional<Contact> find(AccountId account, ContactId id) {
        return Optional.ofNullable(contacts.get(new Key(account, id)));
    }

    @Override
    public void put(AccountId account, Contact contact) {
        contacts.put(new Key(account, contact.id()), contact);
    }

    private record Key(AccountId account, ContactId id) {}
}
