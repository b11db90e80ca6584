package linekeeper.bootstrap.endtoend;

import linekeeper.persistence.Coordinates;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// What the database holds, read and changed behind the service's back. A connection per statement, so
/// that it may die in between.
final class Tables {
    private final Supplier<Coordinates> where;

    Tables(Supplier<Coordinates> where) {
        this.where = where;
    }

    /// All columns as text; what is null is empty.
    List<List<String>> rows(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<List<String>> rows = new ArrayList<>();
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    String text = result.getString(column);
                    row.add(text == null ? "" : text);
                }
                rows.add(row);
            }
            return rows;
        }
    }

    /// The first column of the first row.
    String text(String sql) throws SQLException {
        return rows(sql).getFirst().getFirst();
    }

    long count(String sql) throws SQLException {
        return Long.parseLong(text(sql));
    }

    /// A name and a moment per row.
    Map<String, Instant> instants(String sql) throws SQLException {
        Map<String, Instant> instants = new HashMap<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                instants.put(rows.getString(1), rows.getTimestamp(2).toInstant());
            }
        }
        return instants;
    }

    /// How many rows were changed.
    int change(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private Connection connect() throws SQLException {
        Coordinates at = where.get();
        return DriverManager.getConnection(at.url(), at.user(), at.password());
    }
}
