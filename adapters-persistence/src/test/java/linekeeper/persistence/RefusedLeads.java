package linekeeper.persistence;

import linekeeper.domain.PhoneNumber;

import java.util.List;
import java.util.Set;

/// Makes PostgreSQL refuse the leads of some numbers, by a trigger that only tests have. Which numbers
/// they are may change while others write.
final class RefusedLeads {
    private static final List<String> SET_UP =
            List.of(
                    "CREATE TABLE refused_leads (numbers text[] NOT NULL)",
                    "INSERT INTO refused_leads VALUES ('{}')",
                    """
                    CREATE FUNCTION refuse_lead() RETURNS trigger LANGUAGE plpgsql AS '
                    BEGIN
                        IF (SELECT new.phone_number = ANY (numbers) FROM refused_leads) THEN
                            RAISE EXCEPTION ''the lead of % is refused'', new.phone_number;
                        END IF;
                        RETURN new;
                    END'
                    """,
                    """
                    CREATE TRIGGER refuse_lead BEFORE INSERT OR UPDATE ON leads
                    FOR EACH ROW EXECUTE FUNCTION refuse_lead()
                    """);

    private static final List<String> TAKE_DOWN =
            List.of(
                    "DROP TRIGGER IF EXISTS refuse_lead ON leads",
                    "DROP FUNCTION IF EXISTS refuse_lead",
                    "DROP TABLE IF EXISTS refused_leads");

    private RefusedLeads() {}

    static void are(Database database, Set<PhoneNumber> numbers) {
        Sql any = Sql.of("SELECT to_regclass('refused_leads') IS NOT NULL AS any");
        if (!database.queryOne(any, row -> row.flag("any")).orElseThrow()) {
            SET_UP.forEach(step -> database.update(Sql.of(step)));
        }
        database.update(
                Sql.of("UPDATE refused_leads SET numbers = CAST(:numbers AS text[])")
                        .column("numbers", List.copyOf(numbers), PhoneNumber::value));
    }

    /// None is refused, and nothing is left of it.
    static void forget(Database database) {
        TAKE_DOWN.forEach(step -> database.update(Sql.of(step)));
    }
}
