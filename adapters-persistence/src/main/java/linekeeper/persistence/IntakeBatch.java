package linekeeper.persistence;

import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Intake.Admission;
import linekeeper.application.port.Intake.Admitted;
import linekeeper.application.port.Intake.Candidate;
import linekeeper.application.port.Intake.Known;
import linekeeper.application.port.Intake.NoSuchAccount;
import linekeeper.application.port.Intake.NumberTaken;
import linekeeper.application.port.Intake.Reserved;
import linekeeper.application.port.Intake.Waiting;
import linekeeper.application.port.Standing;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.AcceptedCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.ReservedCall;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// One commit's candidates. Of several with one id the first that is not refused is offered, the
/// others find it there.
final class IntakeBatch {
    private final Database database;
    private final Claims claims;
    private final Standings standings;
    private final Limits limits;
    private final List<Candidate> candidates;
    private final Map<CallKey, Candidate> offered = new LinkedHashMap<>();
    private final Set<Integer> firsts = new HashSet<>();
    private final Map<CallKey, ReservedCall> reserved = new LinkedHashMap<>();
    private final List<LiveCalls.Known> claimed = new ArrayList<>();
    private final List<SlotMarks.Found> found = new ArrayList<>();
    private final List<QueueMarks.Seen> seen = new ArrayList<>();
    private Map<Integer, CallId> refused = Map.of();
    private FreshCalls added;
    private Standings.Entered waiting = Standings.Entered.NONE;
    private Map<CallKey, Call> known = Map.of();
    private int passedOver;

    IntakeBatch(
            Database database,
            Claims claims,
            Standings standings,
            Limits limits,
            List<Candidate> candidates) {
        this.database = database;
        this.claims = claims;
        this.standings = standings;
        this.limits = limits;
        this.candidates = candidates;
        this.added = new FreshCalls(database, limits, List.of());
    }

    /// Writes them, in the caller's transaction.
    IntakeBatch admit() {
        List<String> accounts = allAccounts();
        if (claims.gate().admit(accounts)) {
            refused = refused(claims.gate().lockDeduplicating(accounts));
        }
        offer();
        added =
                new FreshCalls(
                        database,
                        limits,
                        IntakeSql.insert(
                                database, List.copyOf(offered.values()), claims.marks(), limits));
        place(added.hopeful(claimingAccounts()));
        waiting = standings.enter(added.others(reserved.keySet()), latest());
        known = find(repeatedKeys());
        return this;
    }

    /// Nobody passes the gate, behind which slots are given out, to find that none is free. If one
    /// comes free at that very moment, whoever took the call in has it looked for again.
    ///
    /// @param hopeful accounts for which slots may be given out, and seem to be free
    private void place(Set<String> hopeful) {
        if (hopeful.isEmpty()) {
            added.enqueue(Set.of());
            return;
        }
        claims.gate().pass();
        Room room = claims.room(hopeful, added.size());
        found.add(room.found());
        reserve(added.reserve(room, terms()));
        added.enqueue(reserved.keySet());
        Set<String> next = room.left(List.copyOf(reserved.values()));
        next.retainAll(added.accounts(reserved.keySet()));
        if (!next.isEmpty()) {
            claim(List.copyOf(next));
        }
    }

    private void claim(List<String> accounts) {
        Claims.Given given = claims.give(accounts, terms());
        reserve(given.claimed());
        passedOver = given.passedOver();
        found.add(given.found());
        seen.add(given.seen());
    }

    private void reserve(List<LiveCalls.Known> given) {
        claimed.addAll(given);
        given.forEach(one -> reserved.put(one.call().key(), (ReservedCall) one.call()));
    }

    private List<String> allAccounts() {
        TreeSet<String> accounts = new TreeSet<>();
        candidates.forEach(one -> accounts.add(one.request().key().account().value()));
        return List.copyOf(accounts);
    }

    private Map<Integer, CallId> refused(Set<String> deduplicating) {
        Set<AccountId> accounts =
                deduplicating.stream().map(AccountId::new).collect(Collectors.toSet());
        List<CallKey> keys =
                candidates.stream()
                        .map(one -> one.request().key())
                        .filter(key -> accounts.contains(key.account()))
                        .distinct()
                        .toList();
        return keys.isEmpty()
                ? Map.of()
                : NumbersInUse.refused(
                        database, candidates, accounts, find(keys).keySet(), latest());
    }

    private void offer() {
        for (int place = 0; place < candidates.size(); place++) {
            Candidate one = candidates.get(place);
            if (!refused.containsKey(place)
                    && offered.putIfAbsent(one.request().key(), one) == null) {
                firsts.add(place);
            }
        }
    }

    private Set<String> claimingAccounts() {
        TreeSet<String> accounts = new TreeSet<>();
        for (Candidate candidate : candidates) {
            if (candidate.claim() != null) {
                accounts.add(candidate.request().key().account().value());
            }
        }
        return accounts;
    }

    /// Of the last that came: it knows best which providers fail.
    private ClaimTerms terms() {
        return candidates.stream()
                .map(Candidate::claim)
                .filter(Objects::nonNull)
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    private Instant latest() {
        return candidates.stream().map(Candidate::now).max(Instant::compareTo).orElseThrow();
    }

    private List<CallKey> repeatedKeys() {
        return IntStream.range(0, candidates.size())
                .filter(place -> !isFirst(place))
                .mapToObj(place -> candidates.get(place).request().key())
                .distinct()
                .toList();
    }

    /// By its place: a caller may offer one candidate twice.
    private boolean isFirst(int place) {
        return firsts.contains(place) && added.contains(candidates.get(place).request().key());
    }

    /// What the caller's transaction gave, once it is committed.
    void teach(LiveCalls live) {
        live.learn(claimed);
        claims.learn(found, seen, claimed);
    }

    /// Once it is committed, one for each candidate.
    List<Admission> admissions() {
        Map<CallKey, Standing> told = standings.of(waiting, latest());
        List<ReservedCall> others =
                reserved.values().stream().filter(call -> !added.contains(call.key())).toList();
        List<Admission> admissions = new ArrayList<>();
        for (int place = 0; place < candidates.size(); place++) {
            boolean first = place == 0;
            admissions.add(
                    new Admission(
                            admitted(place, told),
                            first ? others : List.of(),
                            first ? passedOver : 0));
        }
        return admissions;
    }

    private Admitted admitted(int place, Map<CallKey, Standing> told) {
        CallKey key = candidates.get(place).request().key();
        CallId other = refused.get(place);
        if (other != null) {
            return new NumberTaken(other);
        }
        if (!isFirst(place)) {
            Call call = known.get(key);
            return call == null ? new NoSuchAccount() : new Known(call);
        }
        ReservedCall mine = reserved.get(key);
        if (mine != null) {
            return new Reserved(mine);
        }
        Standing standing = Objects.requireNonNull(told.get(key));
        AcceptedCall accepted = added.accepted(key);
        return new Waiting(accepted.enqueue(), standing);
    }

    private Map<CallKey, Call> find(List<CallKey> keys) {
        Map<CallKey, Call> found = new HashMap<>();
        CallRows.find(database, keys).forEach(call -> found.put(call.key(), call));
        return found;
    }
}
