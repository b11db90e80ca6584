package linekeeper.persistence;

import linekeeper.application.port.ClaimTerms;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.ReservedCall;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The claim: gives free slots to the calls that are next, in one statement, inside the caller's
/// transaction.
///
/// Slots are counted under locks that were taken by an earlier statement of the transaction. One
/// statement alone would not do: it would wait for the lock and then count with the snapshot it had
/// from before, without the slots that the holder of the lock took.
final class Claims {
    /// Guards the limits that several accounts share: the system's and the providers'.
    private static final long GATE = 0x6c696e656b656570L;

    private static final Logger LOG = System.getLogger(Claims.class.getName());

    private final Database database;
    private final Limits limits;
    private final String text;

    Claims(Database database, Limits limits) {
        this(database, limits, ClaimSql.TEXT);
    }

    /// With another text, for tests of what notices a wrong one.
    Claims(Database database, Limits limits, String text) {
        this.database = database;
        this.limits = limits;
        this.text = text;
    }

    /// Locks what a claim for these accounts counts, always in the same order: gate, then accounts.
    void lock(List<String> accounts) {
        lockGate();
        database.query(
                Sql.of(
                                """
                                SELECT account_id FROM accounts
                                WHERE account_id = ANY (CAST(:accounts AS text[]))
                                ORDER BY account_id FOR NO KEY UPDATE
                                """)
                        .column("accounts", accounts, account -> account),
                row -> row.text("account_id"));
    }

    /// The accounts that have calls due and slots free, the worst served first, at most a thousand:
    /// that bounds how long others wait at the gate. Asked before [#lock]; whom it misses is served by
    /// the admission or the release that made the difference.
    List<String> waiting(Instant now) {
        return database.query(
                Sql.of(ClaimSql.WAITING).with("account_limit", limits.account()).with("now", now),
                row -> row.text("account_id"));
    }

    /// At most as many calls as the terms allow, per account in the order of service. The locks must be held.
    ///
    /// A call that a provider's limit crowds out leaves its account's slot to a call that goes by
    /// another provider. The next round finds that provider full and passes over its calls, so there
    /// are no more rounds than limited providers, and one.
    Taken claim(List<String> accounts, ClaimTerms terms) {
        Instant now = terms.clock().instant();
        Map<ProviderName, Integer> room = new HashMap<>(terms.room().most());
        List<Claimed> claimed = new ArrayList<>();
        boolean crowdedOut = true;
        while (crowdedOut && claimed.size() < terms.most()) {
            List<Claimed> round = round(accounts, terms.most() - claimed.size(), room, now);
            claimed.addAll(round);
            round.forEach(one -> room.computeIfPresent(one.provider(), (name, left) -> left - 1));
            crowdedOut = round.stream().anyMatch(Claimed::crowdedOut);
        }
        return Taken.of(claimed);
    }

    /// @param passedOver how many calls took the turn of a direct call; more than none indicates a bug
    record Taken(List<ReservedCall> calls, int passedOver) {
        static Taken of(List<Claimed> claimed) {
            List<Claimed> wrong = claimed.stream().filter(one -> one.passedOver != null).toList();
            wrong.forEach(
                    one ->
                            LOG.log(
                                    Level.ERROR,
                                    () ->
                                            one.call.key()
                                                    + " took the turn of the direct call "
                                                    + one.passedOver));
            return new Taken(claimed.stream().map(Claimed::call).toList(), wrong.size());
        }
    }

    private List<Claimed> round(
            List<String> accounts, int most, Map<ProviderName, Integer> room, Instant now) {
        List<ProviderName> providers =
                Stream.concat(limits.providers().keySet().stream(), room.keySet().stream())
                        .distinct()
                        .toList();
        Sql claim =
                Sql.of(text)
                        .column("accounts", accounts, account -> account)
                        .with("account_limit", limits.account())
                        .with("system_limit", limits.system())
                        .column("providers", providers, provider -> provider)
                        .column("provider_limits", providers, limits::provider)
                        .column("provider_rooms", providers, room::get)
                        .with("most", most)
                        .with("now", now);
        return database.query(claim, Claimed::of);
    }

    /// Whether a limit that accounts share is reached.
    boolean saturated() {
        long active = database.queryOne(COUNT, row -> row.number("active")).orElseThrow();
        return active >= limits.system()
                || limits.providers().keySet().stream().anyMatch(this::full);
    }

    private static final Sql COUNT = Sql.of("SELECT count(*) AS active FROM active_calls");

    private boolean full(ProviderName provider) {
        Sql count =
                Sql.of("SELECT count(*) AS active FROM active_calls WHERE provider = :provider")
                        .with("provider", provider.value());
        long active = database.queryOne(count, row -> row.number("active")).orElseThrow();
        return active >= limits.provider(provider);
    }

    private void lockGate() {
        database.query(
                Sql.of("SELECT pg_advisory_xact_lock(:gate) IS NULL AS locked").with("gate", GATE),
                row -> true);
    }

    /// @param crowdedOut some call got no slot for its provider's limit, others may fit instead
    /// @param passedOver a direct call whose turn it was; null: none
    record Claimed(ReservedCall call, boolean crowdedOut, @Nullable String passedOver) {
        static Claimed of(Row row) {
            return new Claimed(
                    CallRows.reserved(row), row.flag("crowded_out"), row.textOrNull("passed_over"));
        }

        ProviderName provider() {
            return call.accepted().provider();
        }
    }
}
