package linekeeper.persistence;

/// Over a pool of four connections.
final class PostgresStoresWithFourTest extends PostgresStoresSuites {
    PostgresStoresWithFourTest() {
        super(4);
    }
}
