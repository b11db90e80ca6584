package linekeeper.persistence;

import linekeeper.application.port.StoreUnavailable;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.stream.Stream;

/// Tells an outage from a bug by SQLSTATE.
final class StoreErrors {
    private static final Set<String> RACES = Set.of("40001", "40P01");

    /// Connection trouble, shut-down and start-up, out of resources, time-out, read-only stand-by.
    private static final Set<String> OUTAGES = Set.of("08", "57", "53", "58", "25006", "55P03");

    private StoreErrors() {}

    /// A deadlock or a serialization failure: the same work may succeed at once.
    static boolean lostRace(Throwable failure) {
        return sqlStates(failure).anyMatch(RACES::contains);
    }

    static RuntimeException translate(RuntimeException failure) {
        return unavailable(failure)
                ? new StoreUnavailable("The database cannot answer now", failure)
                : failure;
    }

    private static boolean unavailable(RuntimeException failure) {
        return !(failure instanceof StoreUnavailable)
                && (sqlStates(failure).anyMatch(StoreErrors::outage)
                        || causes(failure).anyMatch(StoreErrors::connectionTrouble));
    }

    private static boolean outage(String sqlState) {
        return RACES.contains(sqlState) || OUTAGES.stream().anyMatch(sqlState::startsWith);
    }

    private static boolean connectionTrouble(Throwable cause) {
        return cause instanceof SQLTransientException
                || cause instanceof SQLNonTransientConnectionException;
    }

    private static Stream<String> sqlStates(Throwable failure) {
        return causes(failure)
                .filter(SQLException.class::isInstance)
                .map(cause -> ((SQLException) cause).getSQLState())
                .filter(state -> state != null);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
