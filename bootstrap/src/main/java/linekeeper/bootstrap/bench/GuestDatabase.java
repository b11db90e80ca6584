package linekeeper.bootstrap.bench;

import linekeeper.persistence.Coordinates;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A database of our own on the user's server, dropped when it is closed; what else is there is not
/// touched. Not thread-safe.
final class GuestDatabase implements AutoCloseable {
    private static final Pattern URL =
            Pattern.compile("jdbc:postgresql:(//[^/?]*)?/?([^?]*)(\\?.*)?");

    private final Coordinates server;
    private final String name;

    private GuestDatabase(Coordinates server, String name) {
        this.server = server;
        this.name = name;
    }

    /// @throws SQLException the user may not make databases there
    static GuestDatabase on(Coordinates server) throws SQLException {
        GuestDatabase guest =
                new GuestDatabase(server, "linekeeper_bench_" + ProcessHandle.current().pid());
        guest.run("CREATE DATABASE " + guest.name);
        return guest;
    }

    Coordinates where() {
        return new Coordinates(named(server.url(), name), server.user(), server.password());
    }

    /// The same URL, of another database.
    static String named(String url, String name) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw new IllegalArgumentException(url + " is not a JDBC URL of PostgreSQL");
        }
        String host = parts.group(1) == null ? "" : parts.group(1) + "/";
        String options = parts.group(3) == null ? "" : parts.group(3);
        return "jdbc:postgresql:" + host + name + options;
    }

    @Override
    public void close() {
        try {
            run("DROP DATABASE " + name + " WITH (FORCE)");
        } catch (SQLException e) {
            throw new IllegalStateException("The database " + name + " is left behind", e);
        }
    }

    private void run(String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(
                                server.url(), server.user(), server.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
