package linekeeper.bootstrap.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/// How the tables that change with every call stand.
///
/// @param dead rows that are no longer, by table, as the statistics collector knows them
/// @param megabytes with their indexes, by table
record Bloat(Map<String, Long> dead, Map<String, Long> megabytes) {
    private static final String SQL =
            """
            SELECT CASE WHEN relname LIKE 'notices%' THEN 'notices' ELSE relname END AS name,
                   sum(n_dead_tup) AS dead,
                   sum(pg_total_relation_size(relid)) / 1048576 AS megabytes
            FROM pg_stat_user_tables
            WHERE relname IN ('call_queue', 'active_calls', 'calls', 'call_ends', 'jobs', 'accounts')
               OR relname LIKE 'notices%'
            GROUP BY 1
            """;

    static Bloat of(Ground ground) throws SQLException {
        Map<String, Long> dead = new TreeMap<>();
        Map<String, Long> megabytes = new TreeMap<>();
        try (Connection connection = ground.connect();
                ResultSet rows = connection.createStatement().executeQuery(SQL)) {
            while (rows.next()) {
                dead.put(rows.getString("name"), rows.getLong("dead"));
                megabytes.put(rows.getString("name"), rows.getLong("megabytes"));
            }
        }
        return new Bloat(dead, megabytes);
    }
}
