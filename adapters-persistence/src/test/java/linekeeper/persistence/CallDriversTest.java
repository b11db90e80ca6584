package linekeeper.persistence;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.PROVIDER;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import linekeeper.application.CallDrivers;
import linekeeper.application.CallDrivers.Called;
import linekeeper.application.CallDrivers.Placed;
import linekeeper.application.CallDrivers.TooMany;
import linekeeper.application.CallDrivers.Wanted;
import linekeeper.application.CallDriversOnce;
import linekeeper.application.CallDriversOnce.Answered;
import linekeeper.application.CallDriversOnce.UnderWay;
import linekeeper.application.CallEngine;
import linekeeper.application.CallEngine.Surroundings;
import linekeeper.application.DialRules;
import linekeeper.application.port.CallObserver;
import linekeeper.application.port.Dialing;
import linekeeper.application.port.DriverRequests;
import linekeeper.application.port.Providers;
import linekeeper.application.port.StoreUnavailable;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.DriverId;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.Recipient;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.Routing;
import linekeeper.domain.call.UserData;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Every driver is called, each attempt under an id of its own (C1, C2, C8), on two nodes.
final class CallDriversTest {
    private final TwoNodes nodes = new TwoNodes(Limits.of(10, 3));
    private Instant now = NOW;
    private final List<ReservedCall> dialed = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void makesIdsOfDriverAndSecond() {
        List<Called> calls = call(0, "12345", "67890", "12345");
        assertThat(ids(calls))
                .containsExactly(
                        "EL_12345_2026-03-29T00:59:59Z",
                        "EL_67890_2026-03-29T00:59:59Z",
                        "EL_12345_2026-03-29T00:59:59Z_2");
        assertThat(ids(call(1, "67890"))).containsExactly("EL_67890_2026-03-29T00:59:59Z_2");
        assertThat(dialed).hasSize(3);
        assertThat(((Placed) calls.getFirst()).status()).isEqualTo(CallStatus.DIALING);
    }

    @Test
    void callsEveryDriverOfALongListInOrder() {
        List<String> drivers = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            drivers.add("d" + i);
        }
        List<Called> calls = call(0, drivers.toArray(String[]::new));
        assertThat(calls).extracting(one -> one.driver().value()).isEqualTo(drivers);
        assertThat(nodes.count("calls WHERE driver_id IS NOT NULL")).isEqualTo(1_000);
        assertThat(nodes.count("active_calls")).isEqualTo(3);
        assertThat(nodes.count("call_queue")).isEqualTo(997);
    }

    @Test
    void givesConcurrentAttemptsOfOneSecondIdsOfTheirOwn() throws Exception {
        List<Future<List<Called>>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            for (int i = 0; i < 16; i++) {
                int node = i;
                all.add(threads.submit(() -> call(node, "same", "d" + node, "same")));
            }
        }
        Set<String> ids = new HashSet<>();
        for (Future<List<Called>> one : all) {
            ids.addAll(ids(one.get()));
        }
        assertThat(ids).hasSize(48).contains("EL_same_2026-03-29T00:59:59Z_32");
        assertThat(nodes.count("calls")).isEqualTo(48);
    }

    @Test
    void givesUpAfterAHundredIdsInOneSecond() {
        String[] hundred = Collections.nCopies(100, "same").toArray(String[]::new);
        assertThat(call(0, hundred)).allMatch(Placed.class::isInstance);
        assertThat(call(1, "same", "other"))
                .satisfiesExactly(
                        same -> assertThat(same).isInstanceOf(TooMany.class),
                        other -> assertThat(other).isInstanceOf(Placed.class));
    }

    /// Whoever comes while another carries the request out is told so, and asks again.
    @Test
    void callsEveryDriverOnceHoweverManyRepeatTheRequestAtOnce() throws Exception {
        call(0, "d3");
        List<Future<Answered>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            for (int i = 0; i < 16; i++) {
                int node = i;
                all.add(threads.submit(() -> insist(node, "key", drivers(20))));
            }
        }
        Set<List<String>> answers = new HashSet<>();
        int carriedOut = 0;
        for (Future<Answered> one : all) {
            answers.add(ids(one.get().calls()));
            carriedOut += one.get().replayed() ? 0 : 1;
        }

        assertThat(answers).hasSize(1);
        assertThat(answers.iterator().next()).contains("EL_d3_2026-03-29T00:59:59Z_2").hasSize(20);
        assertThat(carriedOut).isEqualTo(1);
        assertThat(nodes.count("calls")).isEqualTo(21);
    }

    private Answered insist(int node, String key, List<Wanted> drivers) {
        while (true) {
            if (once(node, requests(node)).call(AccountId.DEFAULT, key, Routing.DEFAULT, drivers)
                    instanceof Answered answered) {
                return answered;
            }
        }
    }

    /// The calls are there and the answer is not: as after a crash between the two.
    @Test
    void goesOnWhereTheOneBeforeDied() {
        call(0, "d1");
        assertThatThrownBy(
                        () ->
                                once(0, new DyingAtTheEnd(requests(0)))
                                        .call(
                                                AccountId.DEFAULT,
                                                "key",
                                                Routing.DEFAULT,
                                                drivers(3)))
                .isInstanceOf(StoreUnavailable.class);
        assertThat(nodes.count("calls")).isEqualTo(4);
        assertThat(once(1, requests(1)).call(AccountId.DEFAULT, "key", Routing.DEFAULT, drivers(3)))
                .isInstanceOf(UnderWay.class);

        now = now.plusSeconds(31);
        Answered answered = insist(1, "key", drivers(3));

        assertThat(ids(answered.calls()))
                .containsExactly(
                        "EL_d0_2026-03-29T00:59:59Z",
                        "EL_d1_2026-03-29T00:59:59Z_2",
                        "EL_d2_2026-03-29T00:59:59Z");
        assertThat(nodes.count("calls")).isEqualTo(4);
        assertThat(insist(0, "key", drivers(3)).replayed()).isTrue();
        assertThat(once(0, requests(0)).call(AccountId.DEFAULT, "key", Routing.DEFAULT, drivers(4)))
                .isInstanceOf(CallDriversOnce.Contradicts.class);
        assertThat(nodes.count("calls")).isEqualTo(4);
    }

    private static List<Wanted> drivers(int count) {
        return IntStream.range(0, count).mapToObj(i -> wanted("d" + i)).toList();
    }

    private PostgresDriverRequests requests(int node) {
        return new PostgresDriverRequests(nodes.database(node));
    }

    private CallDriversOnce once(int node, DriverRequests requests) {
        return new CallDriversOnce(
                callDrivers(node), requests, nodes.node(node).calls(), () -> now);
    }

    /// Cannot write down how it ended.
    private record DyingAtTheEnd(DriverRequests requests) implements DriverRequests {
        @Override
        public Opened open(Request request, List<CallId> calls, Instant now, Instant until) {
            return requests.open(request, calls, now, until);
        }

        @Override
        public boolean plan(Hold hold, List<CallId> calls, Instant until) {
            return requests.plan(hold, calls, until);
        }

        @Override
        public boolean settle(Hold hold, List<Entry> entries) {
            throw new StoreUnavailable("dead");
        }

        @Override
        public void leave(Hold hold, Instant now) {
            requests.leave(hold, now);
        }

        @Override
        public int removeBefore(Instant cutoff, int most) {
            return requests.removeBefore(cutoff, most);
        }
    }

    private List<Called> call(int node, String... drivers) {
        List<Wanted> wanted = Stream.of(drivers).map(CallDriversTest::wanted).toList();
        return callDrivers(node).call(AccountId.DEFAULT, Routing.DEFAULT, wanted);
    }

    private static Wanted wanted(String driver) {
        PhoneNumber phone = new PhoneNumber("+14155550100");
        return new Wanted(new DriverId(driver), new Recipient(phone, null, null), UserData.EMPTY);
    }

    private CallDrivers callDrivers(int node) {
        Surroundings around =
                new Surroundings(
                        new Providers(List.of()),
                        PROVIDER,
                        new Dialing() {
                            @Override
                            public void submit(ReservedCall call) {
                                dialed.add(call);
                            }

                            @Override
                            public int room() {
                                return 1_000;
                            }
                        },
                        account -> {},
                        CallObserver.NONE,
                        DialRules.DEFAULT,
                        () -> now);
        return new CallDrivers(CallEngine.over(nodes.node(node), around).placeCall(), () -> now);
    }

    private static List<String> ids(List<Called> calls) {
        return calls.stream().map(call -> ((Placed) call).call()).map(CallId::value).toList();
    }
}
