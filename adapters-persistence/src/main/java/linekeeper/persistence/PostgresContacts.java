package linekeeper.persistence;

import linekeeper.application.port.Contacts;
import linekeeper.domain.AccountId;
import linekeeper.domain.ContactId;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.person.Contact;

import java.time.ZoneId;
import java.util.Optional;

/// The contacts.
final class PostgresContacts implements Contacts {
    private final Database database;

    PostgresContacts(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Contact> find(AccountId account, ContactId id) {
        Sql find =
                Sql.of(
                                """
                                SELECT * FROM contacts
                                WHERE account_id = :account AND contact_id = :contact
                                """)
                        .with("account", account.value())
                        .with("contact", id.value());
        return database.queryOne(find, PostgresContacts::contact);
    }

    @Override
    public void put(AccountId account, Contact contact) {
        ZoneId zone = contact.timeZone();
        database.update(
                Sql.of(
                                """
                                INSERT INTO contacts (account_id, contact_id, phone_number, name,
                                                      time_zone)
                                VALUES (:account, :contact, :phone, CAST(:name AS text),
                                        CAST(:zone AS text))
                                ON CONFLICT (account_id, contact_id) DO UPDATE SET
                                    phone_number = excluded.phone_number, name = excluded.name,
                                    time_zone = excluded.time_zone
                                """)
                        .with("account", account.value())
                        .with("contact", contact.id().value())
                        .with("phone", contact.phone().value())
                        .with("name", contact.name())
                        .with("zone", zone == null ? null : zone.getId()));
    }

    private static Contact contact(Row row) {
        String zone = row.textOrNull("time_zone");
        return new Contact(
                new ContactId(row.text("contact_id")),
                new PhoneNumber(row.text("phone_number")),
                row.textOrNull("name"),
                zone == null ? null : ZoneId.of(zone));
    }
}
