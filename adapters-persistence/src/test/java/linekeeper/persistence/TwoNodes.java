package linekeeper.persistence;

import linekeeper.application.CallEngine;
import linekeeper.application.contract.TestCalls;
import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Intake.Admission;
import linekeeper.application.port.Intake.Candidate;
import linekeeper.domain.AccountId;
import linekeeper.domain.account.Account;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.LiveCall;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;

/// Two nodes of the service as its database sees them: one database, two pools, two sets of stores.
final class TwoNodes implements AutoCloseable {
    private final ConnectionPool firstPool;
    private final ConnectionPool secondPool;
    private final Database database;
    private final Database secondDatabase;
    private final List<PostgresStores> nodes;

    TwoNodes(Limits limits) {
        this(limits, 3);
    }

    /// @param connections of each node
    TwoNodes(Limits limits, int connections) {
        Coordinates where = TestDatabase.fresh();
        Migrations.run(where);
        firstPool = ConnectionPool.open(where, connections);
        secondPool = ConnectionPool.open(where, connections);
        database = new Database(firstPool.dataSource());
        secondDatabase = new Database(secondPool.dataSource());
        nodes = List.of(over(database, limits), over(secondDatabase, limits));
    }

    private static PostgresStores over(Database database, Limits limits) {
        return PostgresStores.over(database, limits, InstantSource.fixed(TestCalls.NOW));
    }

    /// Any whole number names a node.
    CallEngine.Store node(int number) {
        return stores(number).engine();
    }

    /// Those beside the engine's, too.
    PostgresStores stores(int number) {
        return nodes.get(Math.floorMod(number, nodes.size()));
    }

    /// As the node sees it.
    Database database(int number) {
        return Math.floorMod(number, nodes.size()) == 0 ? database : secondDatabase;
    }

    /// Keeps a transaction open beside the nodes.
    OpenReader openReader() throws SQLException {
        return new OpenReader(secondPool.dataSource());
    }

    /// For looking behind the ports.
    Database database() {
        return database;
    }

    void account(String id, int limit) {
        nodes.getFirst()
                .accounts()
                .create(Account.named(new AccountId(id)).withConcurrencyLimit(limit));
    }

    Admission admit(int node, TestCalls call, boolean mayReserve) {
        return node(node)
                .intake()
                .admit(
                        new Candidate(
                                call.build(),
                                TestCalls.PROVIDER,
                                TestCalls.NOW,
                                mayReserve ? ClaimTerms.of(500, () -> TestCalls.NOW) : null));
    }

    void end(int node, LiveCall call) {
        node(node).calls().change(call.key(), TestCalls.ending());
    }

    /// Whether anybody waits for a transaction that gives out slots, or keeps others from it.
    boolean isGateWaitedAt() {
        return count(
                        """
                        pg_locks WHERE locktype = 'advisory' AND NOT granted
                            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                        """)
                > 0;
    }

    long count(String what) {
        return database.queryOne(
                        Sql.of("SELECT count(*) AS n FROM " + what), row -> row.number("n"))
                .orElseThrow();
    }

    @Override
    public void close() {
        firstPool.close();
        secondPool.close();
    }
}
