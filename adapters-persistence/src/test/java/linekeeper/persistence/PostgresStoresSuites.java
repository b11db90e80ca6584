package linekeeper.persistence;

import linekeeper.application.contract.ArchiveContract;
import linekeeper.application.contract.AttemptsContract;
import linekeeper.application.contract.CallsContract;
import linekeeper.application.contract.DriverRequestsContract;
import linekeeper.application.contract.FollowUpContract;
import linekeeper.application.contract.HandOverContract;
import linekeeper.application.contract.IntakeContract;
import linekeeper.application.contract.NoticesContract;
import linekeeper.application.contract.OneCallPerNumberContract;
import linekeeper.application.contract.RoutingContract;
import linekeeper.application.contract.SlotsContract;
import linekeeper.application.contract.SmallStoresContract;
import linekeeper.application.contract.Stores;
import linekeeper.application.contract.TranscriptsContract;
import linekeeper.domain.account.Limits;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/// The PostgreSQL stores pass the suites of every store, over pools of different sizes.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PostgresStoresSuites {
    private final int connections;
    private ConnectionPool pool;
    private Database database;

    PostgresStoresSuites(int connections) {
        this.connections = connections;
    }

    @BeforeAll
    void open() {
        Coordinates where = TestDatabase.fresh();
        Migrations.run(where);
        pool = ConnectionPool.open(where, connections);
        database = new Database(pool.dataSource());
    }

    @AfterAll
    void close() {
        pool.close();
    }

    private Stores fresh(Limits limits) {
        return PostgresTestStores.over(database, limits);
    }

    @Nested
    final class Intake extends IntakeContract {
        @Override
        protected Stores freshStores(Limits limits) {
            return fresh(limits);
        }
    }

    @Nested
    final class Slots extends SlotsContract {
        @Override
        protected Stores freshStores(Limits limits) {
            return fresh(limits);
        }
    }

    @Nested
    final class HandOver extends HandOverContract {
        @Override
        protected Stores freshStores(Limits limits) {
            return fresh(limits);
        }
    }

    @Nested
    final class Calls extends CallsContract {
        @Override
        protected Stores freshStores(Limits limits) {
            return fresh(limits);
        }
    }

    @Nested
    final class Attempts extends AttemptsContract {
        @Override
        protected Stores freshStores(Limits limits) {
            return fresh(limits);
        }
    }

    @Nested
    final class SmallStores extends SmallStoresContract {
        @Override
        protected Stores freshStores(Limits limits) {
            return fresh(limits);
        }
    }

    @Nested
    final class Transcripts extends TranscriptsContract {
        @Override
        protected Stores freshStores(Limits limits) {
            return fresh(limits);
        }
    }

    @Nested
    final class FollowUp extends FollowUpContract {
        @Override
        protected Stores freshStores(Limits limits) {
            return fresh(limits);
        }
    }

    @Nested
    final class Results extends NoticesContract {
        @Override
        protected Stores freshStores(Limits limits) {
            return fresh(limits);
        }
    }

    @Nested
    final class Routing extends RoutingContract {
        @Override
        protected Stores freshStores(Limits limits) {
            return fresh(limits);
        }
    }

    @Nested
    final class OneCallPerNumber extends OneCallPerNumberContract {
        @Override
        protected Stores freshStores(Limits limits) {
            return fresh(limits);
        }
    }

    @Nested
    final class Archive extends ArchiveContract {
        @Override
        protected Stores freshStores(Limits limits) {
            return fresh(limits);
        }
    }

    @Nested
    final class Repetitions extends DriverRequestsContract {
        @Override
        protected Stores freshStores(Limits limits) {
            return fresh(limits);
        }
    }
}
