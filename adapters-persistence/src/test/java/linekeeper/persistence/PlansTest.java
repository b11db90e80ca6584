package linekeeper.persistence;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.PROVIDER;
import static linekeeper.application.contract.TestCalls.aCall;
import static linekeeper.application.contract.TestCalls.execution;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.CallEngine;
import linekeeper.application.port.Analytics;
import linekeeper.application.port.Analytics.By;
import linekeeper.application.port.CallCursor;
import linekeeper.application.port.CallFilter;
import linekeeper.application.port.Change;
import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Intake.Candidate;
import linekeeper.application.port.Notices.NoticeFilter;
import linekeeper.application.port.Notices.NoticePage;
import linekeeper.application.port.Notices.Wanted;
import linekeeper.application.port.PageRequest;
import linekeeper.application.port.Slots;
import linekeeper.application.port.Transcripts.Conversation;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.CampaignId;
import linekeeper.domain.ConversationId;
import linekeeper.domain.DriverId;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.Spoken;
import linekeeper.domain.call.TimelineEvent;
import linekeeper.domain.notice.Notice;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// What the stores send finds its rows by index, whatever lies behind (B4, C7). The statements are those
/// of the ports themselves. `-Dlinekeeper.history=1000000` for a big history, `-Dlinekeeper.plans=true`
/// to see the plans.
final class PlansTest {
    private static final AccountId BUSY = new AccountId("acc1");
    private static final AccountId USUAL = new AccountId("acc10");
    private static final AccountId OLD = new AccountId("acc2");
    private static final Limits LIMITS = Limits.of(1000, 2);

    private static ConnectionPool pool;
    private static Plans plans;
    private static CallEngine.Store store;

    @BeforeAll
    static void open() {
        Coordinates where = TestDatabase.fresh();
        Migrations.run(where);
        pool = ConnectionPool.open(where, 1);
        History.writeTo(pool.dataSource());
        plans = new Plans(pool.dataSource());
        store = over(plans.database());
    }

    @AfterAll
    static void close() {
        pool.close();
    }

    @Test
    void findsACallByItsId() {
        plans.assertIndexed("find", () -> store.calls().find(usual("call-209")));
    }

    @Test
    void findsACallByItsExecution() {
        plans.assertIndexed("keyOf", () -> store.calls().keyOf(execution("ex-209")));
    }

    @Test
    void readsATimeline() {
        plans.assertIndexed("timeline", () -> store.calls().timeline(usual("call-209"), 0, 50));
    }

    @Test
    void changesACall() {
        plans.assertIndexed(
                "change",
                () ->
                        store.calls()
                                .change(
                                        usual("call-209"),
                                        call -> Change.note(TimelineEvent.of(NOW, "note"), true)));
    }

    @Test
    void findsACallByItsIdInWhateverAccount() {
        plans.assertIndexed("withId", () -> store.calls().withId(new CallId("call-209"), 2));
    }

    @Test
    void addsALineAndReadsTheTranscript() {
        Conversation at =
                new Conversation(usual("call-209"), 1, new ConversationId("conv-call-209"));
        plans.assertIndexed(
                "append", () -> store.transcripts().append(at, new Spoken("user", "Hello", NOW)));
        plans.assertIndexed(
                "replace",
                () ->
                        store.transcripts()
                                .replace(at, List.of(new Spoken("user", "Hello", NOW)), true));
        plans.assertIndexed("transcript", () -> store.transcripts().of(usual("call-209"), 0, 100));
    }

    @Test
    void claimsForOneAccount() {
        plans.assertIndexed(
                "claim, " + History.WAITING + " waiting in 50 lanes",
                () ->
                        store.slots()
                                .claim(
                                        new Slots.Accounts(Set.of(BUSY)),
                                        ClaimTerms.of(500, () -> NOW)));
        plans.assertIndexed(
                "claim, 20 waiting in 3 lanes",
                () ->
                        store.slots()
                                .claim(
                                        new Slots.Accounts(Set.of(USUAL)),
                                        ClaimTerms.of(500, () -> NOW)));
    }

    @Test
    void tellsTheStandingsOfManyNewCallsAtOnce() {
        List<CallKey> newest =
                Stream.iterate(History.WAITING, n -> n - 1)
                        .limit(200)
                        .map(n -> new CallKey(BUSY, new CallId("w-" + n)))
                        .toList();

        List<String> sent =
                plans.of(
                        "200 standings among " + History.WAITING,
                        () ->
                                new Standings(
                                                plans.database(),
                                                LIMITS,
                                                new SlotMarks(plans.database()),
                                                new QueueMarks(plans.database()))
                                        .of(newest, NOW));

        assertThat(Plans.rowsReadOfTheQueue(sent)).isLessThan(2.0 * History.WAITING);
    }

    @Test
    void claimsForEveryAccount() {
        plans.assertIndexed(
                "claim, 200 accounts",
                () -> store.slots().claim(new Slots.EveryAccount(), ClaimTerms.of(500, () -> NOW)));
    }

    @Test
    void admitsACall() {
        plans.assertIndexed(
                "admit",
                () ->
                        store.intake()
                                .admit(
                                        new Candidate(
                                                aCall("new").of("acc10").build(),
                                                PROVIDER,
                                                NOW,
                                                ClaimTerms.of(500, () -> NOW))));
    }

    @Test
    void findsAnEarlierAttemptByItsExecution() {
        plans.assertIndexed(
                "earlier attempt", () -> store.calls().earlierAttempt(execution("early-209")));
    }

    @Test
    void takesSettlesAndListsNotices() {
        PostgresNotices notices = new PostgresNotices(plans.database());
        Wanted wanted =
                new Wanted(
                        new Slots.EveryAccount(),
                        Map.of(),
                        8,
                        64,
                        NOW.plusSeconds(30),
                        NOW.plusSeconds(1));
        plans.assertIndexed(
                "take notices",
                () -> {
                    List<Notice> taken = notices.take(wanted).notices();
                    assertThat(taken).isNotEmpty();
                    Notice first = taken.getFirst();
                    assertThat(notices.settle(first, first.telling(), NOW)).isTrue();
                });
        plans.assertIndexed(
                "list notices",
                () -> notices.list(OLD, new NoticeFilter(null, null), new NoticePage(50, null)));
    }

    @Test
    void findsWhatIsArchived() {
        CallKey archived = new CallKey(USUAL, new CallId("archived-209"));
        plans.assertIndexed("find archived", () -> store.calls().find(archived));
        plans.assertIndexed("archived transcript", () -> store.transcripts().of(archived, 0, 9));
        plans.assertIndexed(
                "change archived",
                () -> store.calls().change(archived, call -> Change.none(call.isPresent())));
    }

    @Test
    void findsWhatMayBeArchived() {
        ArchiveMonths months = new ArchiveMonths(new Database(pool.dataSource()));
        months.make(Stream.iterate(NOW, at -> at.minus(Duration.ofDays(28))).limit(12).toList());
        PostgresCallArchive archive = new PostgresCallArchive(plans.database(), months);
        plans.assertIndexed(
                "archive", () -> archive.step(null, NOW.minus(Duration.ofHours(2)), 100));
    }

    @Test
    void tellsACallsStandingWithoutComparingAllPairs() {
        plans.assertIndexed(
                "standing",
                () -> store.queue().standing(new CallKey(BUSY, new CallId("w-9")), NOW));
    }

    @Test
    void knowsHoldingTimes() {
        plans.assertIndexed("holding times", () -> store.holdingTimes().of(USUAL));
    }

    @Test
    void knowsHowFastCallsCome() {
        plans.assertIndexed("inflow", () -> store.holdingTimes().inflow(USUAL, NOW));
    }

    @Test
    void addsUpTheCallsOfADay() {
        Analytics.Query day = new Analytics.Query(By.CAMPAIGN, NOW.minus(Duration.ofDays(1)), NOW);
        plans.assertIndexed(
                "analytics",
                () -> new PostgresAnalytics(plans.database()).groups(USUAL, day, 1_000));
    }

    @Test
    void countsOneAccountsLoad() {
        plans.assertIndexed("load", () -> new PostgresFigures(plans.database()).load(USUAL));
    }

    @Test
    void findsWhatHasExpired() {
        plans.assertIndexed("expired", () -> store.queue().expired(NOW, 500));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void listsInTheOrderOfAnIndex(CallFilter filter) {
        CallCursor middle = new CallCursor(NOW.minus(Duration.ofHours(5)), new CallId("m"));
        for (var after : new CallCursor[] {null, middle}) {
            List<String> sent =
                    plans.assertIndexed(
                            "list " + filter,
                            () -> store.calls().list(OLD, filter, new PageRequest(50, after)));
            assertThat(sent).noneMatch(plan -> plan.contains("Sort Key"));
        }
    }

    static Stream<CallFilter> filters() {
        return Stream.of(
                CallFilter.ANY,
                new CallFilter(CallStatus.COMPLETED, null, null, null, null, null, null),
                new CallFilter(CallStatus.BUSY, null, null, null, null, null, null),
                new CallFilter(CallStatus.EXPIRED, null, null, null, null, null, null),
                new CallFilter(
                        CallStatus.COMPLETED,
                        null,
                        null,
                        null,
                        null,
                        NOW.minus(Duration.ofDays(2)),
                        NOW),
                new CallFilter(
                        CallStatus.COMPLETED,
                        null,
                        new CampaignId("camp3"),
                        null,
                        null,
                        null,
                        null),
                new CallFilter(
                        CallStatus.COMPLETED,
                        null,
                        null,
                        null,
                        new PhoneNumber("+15550000008"),
                        null,
                        null),
                new CallFilter(null, null, new CampaignId("camp3"), null, null, null, null),
                new CallFilter(null, null, null, new DriverId("driver8"), null, null, null),
                new CallFilter(
                        null, null, null, null, new PhoneNumber("+15550000008"), null, null));
    }

    @Test
    void readsOnlyAPageOfALongQueue() {
        CallFilter waiting = new CallFilter(CallStatus.QUEUED, null, null, null, null, null, null);
        List<String> sent =
                plans.assertIndexed(
                        "list " + waiting,
                        () -> store.calls().list(BUSY, waiting, new PageRequest(50, null)));

        assertThat(sent).anyMatch(plan -> plan.contains("call_queue_listed"));
        assertThat(Plans.rowsReadOfTheQueue(sent)).isLessThanOrEqualTo(51);
    }

    /// However much has ended, in however long: only what waits or is live is looked at.
    @ParameterizedTest
    @EnumSource(names = {"QUEUED", "DIALING", "RINGING"})
    void listsWhatIsNotOverFromTheSmallTables(CallStatus status) {
        CallFilter filter = new CallFilter(status, null, null, null, null, null, null);
        for (AccountId account : List.of(OLD, BUSY)) {
            List<String> sent =
                    plans.assertIndexed(
                            "list " + filter,
                            () -> store.calls().list(account, filter, new PageRequest(50, null)));
            assertThat(sent).noneMatch(plan -> plan.contains("calls_created"));
            assertThat(sent).noneMatch(plan -> plan.contains("Bitmap"));
            assertThat(sent).noneMatch(plan -> plan.contains("call_ends"));
        }
    }

    /// Prepared statements get a plan that fits no parameter in particular; that one must do too.
    @Test
    void keepsToTheIndexesWithGenericPlans() {
        Database plain = new Database(pool.dataSource());
        CallEngine.Store generic = over(plain);
        long before = tuplesScanned(plain);
        Plans.takenBack(plain, () -> useAgainAndAgain(generic));

        assertThat(tuplesScanned(plain) - before).isZero();
    }

    private static void useAgainAndAgain(CallEngine.Store generic) {
        for (int i = 0; i < 20; i++) {
            CallKey key = usual("call-" + (9 + 200 * i));
            generic.calls().find(key);
            generic.calls().keyOf(execution("ex-" + i));
            generic.calls().timeline(key, 0, 10);
            generic.calls().withId(key.call(), 2);
            Conversation at =
                    new Conversation(key, 1, new ConversationId("conv-" + key.call().value()));
            generic.transcripts().append(at, new Spoken("user", "Hello", NOW));
            generic.transcripts().of(key, 0, 10);
            generic.calls().change(key, call -> Change.note(TimelineEvent.of(NOW, "n"), true));
            generic.slots().claim(new Slots.Accounts(Set.of(BUSY)), ClaimTerms.of(1, () -> NOW));
            generic.slots().claim(new Slots.EveryAccount(), ClaimTerms.of(1, () -> NOW));
        }
    }

    private static long tuplesScanned(Database database) {
        database.query(Sql.of("SELECT pg_stat_force_next_flush() IS NULL AS x"), row -> true);
        return database.queryOne(
                        Sql.of(
                                """
                                SELECT sum(seq_tup_read) AS n FROM pg_stat_user_tables
                                 WHERE relname IN ('calls', 'call_ends', 'executions', 'call_queue', 'call_events_default',
                                                   'conversations', 'call_transcripts')
                                """),
                        row -> row.number("n"))
                .orElseThrow();
    }

    private static CallEngine.Store over(Database database) {
        return PostgresStores.over(database, LIMITS, InstantSource.fixed(NOW)).engine();
    }

    private static CallKey usual(String id) {
        return new CallKey(USUAL, new CallId(id));
    }
}
