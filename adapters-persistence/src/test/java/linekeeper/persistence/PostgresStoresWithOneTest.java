package linekeeper.persistence;

/// Over a single connection: nobody may ask for a second one while he has one.
final class PostgresStoresWithOneTest extends PostgresStoresSuites {
    PostgresStoresWithOneTest() {
        super(1);
    }
}
