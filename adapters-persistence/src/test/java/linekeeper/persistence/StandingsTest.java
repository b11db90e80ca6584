package linekeeper.persistence;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.PROVIDER;
import static linekeeper.application.contract.TestCalls.aCall;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.contract.TestCalls;
import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Intake.Admission;
import linekeeper.application.port.Intake.Candidate;
import linekeeper.application.port.Intake.Waiting;
import linekeeper.application.port.Slots.EveryAccount;
import linekeeper.application.port.Standing;
import linekeeper.domain.CallKey;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.AcceptedCall;
import linekeeper.domain.call.CallType;
import linekeeper.domain.queue.QueueOrder.Rank;
import linekeeper.domain.queue.QueuePlace;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/// Places counted by lanes are those of the queue's order (D5): against its definition, over queues
/// with many ties, future calls, campaigns and providers.
final class StandingsTest {
    private static final Limits LIMITS = Limits.of(1000, 1000);
    private static final List<ProviderName> PROVIDERS =
            List.of(PROVIDER, new ProviderName("spare"));

    /// So many that the lengths of the queues are remembered.
    private static final int CALLS = 500;

    private final Map<CallKey, Rank> ranks = new HashMap<>();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void countsPlacesByTheQueuesOrder(long seed) {
        Random random = new Random(seed);
        try (TwoNodes nodes = new TwoNodes(LIMITS)) {
            nodes.account("one", 10);
            nodes.account("two", 10);
            for (int i = 0; i < CALLS; i++) {
                queue(nodes, random, i);
            }

            Map<CallKey, Standing> standings =
                    new Standings(
                                    nodes.database(),
                                    LIMITS,
                                    new SlotMarks(nodes.database()),
                                    new QueueMarks(nodes.database()))
                            .of(new ArrayList<>(ranks.keySet()), NOW);

            Map<CallKey, QueuePlace> places = new HashMap<>();
            standings.forEach((key, standing) -> places.put(key, standing.place()));
            Map<CallKey, QueuePlace> expected = new HashMap<>();
            ranks.forEach((key, rank) -> expected.put(key, place(key, rank)));
            assertThat(places).isEqualTo(expected);
        }
    }

    private void queue(TwoNodes nodes, Random random, int number) {
        TestCalls call =
                aCall("c" + number)
                        .of(random.nextBoolean() ? "one" : "two")
                        .prioritised(random.nextInt(3));
        CallType type = random.nextInt(3) == 0 ? CallType.DIRECT : CallType.CAMPAIGN;
        if (type == CallType.CAMPAIGN) {
            call.ofCampaign("campaign" + random.nextInt(3));
        }
        Instant due = NOW.plusSeconds(random.nextInt(4));
        call.notBefore(due);
        ProviderName provider = PROVIDERS.get(random.nextInt(2));
        var request = call.build();
        Admission admission =
                nodes.node(0).intake().admit(new Candidate(request, provider, NOW, null));
        ranks.put(request.key(), new Rank(type, request.priority(), due, number));
        QueuePlace place = place(request.key(), Objects.requireNonNull(ranks.get(request.key())));
        assertThat(admission.own())
                .isInstanceOfSatisfying(
                        Waiting.class,
                        waiting -> assertThat(waiting.standing().place()).isEqualTo(place));
    }

    /// What leaves a long queue is seen a second later (D5).
    @Test
    void remembersALongQueueForASecond() {
        try (TwoNodes nodes = new TwoNodes(LIMITS)) {
            nodes.account("one", 10);
            for (int i = 0; i < 201; i++) {
                admit(nodes, "c" + i, NOW);
            }
            nodes.node(1).slots().claim(new EveryAccount(), ClaimTerms.of(10, () -> NOW));

            assertThat(admit(nodes, "soon", NOW.plusMillis(500)))
                    .isEqualTo(new QueuePlace(202, 202));
            assertThat(admit(nodes, "later", NOW.plusMillis(1_001)))
                    .isEqualTo(new QueuePlace(193, 193));
        }
    }

    @Test
    void countsAnewWhenTheClockWasPutBack() {
        try (TwoNodes nodes = new TwoNodes(LIMITS)) {
            nodes.account("one", 10);
            for (int i = 0; i < 201; i++) {
                admit(nodes, "c" + i, NOW);
            }
            nodes.node(1).slots().claim(new EveryAccount(), ClaimTerms.of(10, () -> NOW));

            assertThat(admit(nodes, "before", NOW.minusSeconds(3600)).total()).isEqualTo(192);
        }
    }

    /// A call that was taken in is not refused because the database went away afterwards.
    @Test
    void tellsThePlaceOfANewCallThoughTheRestCannotBeRead() {
        try (TwoNodes nodes = new TwoNodes(LIMITS)) {
            nodes.account("one", 10);
            admit(nodes, "first", NOW);
            var request = aCall("first").of("one").build();
            AcceptedCall call = new AcceptedCall(request, PROVIDER, NOW, 1);
            Standings.Entered entered =
                    new Standings(
                                    nodes.database(),
                                    LIMITS,
                                    new SlotMarks(nodes.database()),
                                    new QueueMarks(nodes.database()))
                            .enter(List.of(call), NOW);

            Standing standing =
                    Objects.requireNonNull(
                            new Standings(
                                            away(),
                                            LIMITS,
                                            new SlotMarks(nodes.database()),
                                            new QueueMarks(nodes.database()))
                                    .of(entered, NOW)
                                    .get(call.key()));

            assertThat(standing.place()).isEqualTo(new QueuePlace(1, 1));
            assertThat(standing.occupancy().uses()).isEmpty();
        }
    }

    private static Database away() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/none");
        return new Database(nowhere);
    }

    private static QueuePlace admit(TwoNodes nodes, String call, Instant now) {
        var request = aCall(call).of("one").build();
        var candidate = new Candidate(request, PROVIDER, now, null);
        return ((Waiting) nodes.node(0).intake().admit(candidate).own()).standing().place();
    }

    private QueuePlace place(CallKey key, Rank mine) {
        Instant horizon = mine.dueAt().isAfter(NOW) ? mine.dueAt() : NOW;
        int before = 0;
        int total = 0;
        for (var other : ranks.entrySet()) {
            if (other.getKey().account().equals(key.account())) {
                boolean due = !other.getValue().dueAt().isAfter(horizon);
                before += due && other.getValue().compareTo(mine) < 0 ? 1 : 0;
                total++;
            }
        }
        return new QueuePlace(before + 1, total);
    }
}
