package linekeeper.persistence;

import java.util.List;
import java.util.Set;

/// Lets one transaction at a time give out slots, of whatever account and on whatever node: limits that
/// accounts share count them all. Held until the caller's transaction ends.
final class ClaimGate {
    static final long GATE = 0x6c696e656b656570L;

    private static final String LOCK_ARCHIVE =
            """
            SELECT pg_advisory_xact_lock_shared(:archive) IS NULL AS archive,
                   EXISTS (SELECT FROM accounts
                           WHERE account_id = ANY (CAST(:accounts AS text[]))
                             AND deduplicate_numbers) AS deduplicating
            """;

    private final Database database;

    ClaimGate(Database database) {
        this.database = database;
    }

    /// Waits for whoever is in it.
    void pass() {
        database.query(
                Sql.of("SELECT pg_advisory_xact_lock(:gate) IS NULL AS locked").with("gate", GATE),
                row -> true);
    }

    /// Lets nobody in until the caller's transaction ends, but those who do as it does.
    ///
    /// Whoever gives out slots looks at limits and queue in one statement and takes slots in the next. What it
    /// looks at is locked and changed first, and then the gate is kept shut until the commit: in this order, for
    /// who is in waits for no row. Whoever may pass the gate in the same transaction does so before this:
    /// of two that keep it shut, neither could.
    void keepShut() {
        database.query(
                Sql.of("SELECT pg_advisory_xact_lock_shared(:gate) IS NULL AS locked")
                        .with("gate", GATE),
                row -> true);
    }

    /// Lets new calls in: none of them is moved to the archive while it is looked for there and in the
    /// records.
    ///
    /// @return whether any of the accounts wants no two calls to one number ([#lockDeduplicating])
    boolean admit(List<String> accounts) {
        Sql sql =
                Sql.of(LOCK_ARCHIVE)
                        .with("archive", ArchiveSql.LOCK)
                        .column("accounts", accounts, account -> account);
        return database.queryOne(sql, row -> row.flag("deduplicating")).orElseThrow();
    }

    /// Locks those of the accounts that want no two calls to one number, and returns them. Before
    /// [#pass], if both are wanted.
    Set<String> lockDeduplicating(List<String> accounts) {
        return Set.copyOf(
                database.query(
                        Sql.of(
                                        """
                                        SELECT account_id FROM accounts
                                        WHERE account_id = ANY (CAST(:accounts AS text[]))
                                          AND deduplicate_numbers
                                        ORDER BY account_id FOR NO KEY UPDATE
                                        """)
                                .column("accounts", accounts, account -> account),
                        row -> row.text("account_id")));
    }
}
