package linekeeper.persistence;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.PROVIDER;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.CallDrivers;
import linekeeper.application.CallDrivers.Called;
import linekeeper.application.CallDrivers.Placed;
import linekeeper.application.CallDrivers.TooMany;
import linekeeper.application.CallDrivers.Wanted;
import linekeeper.application.CallEngine;
import linekeeper.application.CallEngine.Surroundings;
import linekeeper.application.DialRules;
import linekeeper.application.port.CallObserver;
import linekeeper.application.port.Dialing;
import linekeeper.application.port.Providers;
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

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Every driver is called, each attempt under an id of its own (C1, C2, C8), on two nodes.
final class CallDriversTest {
    private final TwoNodes nodes = new TwoNodes(Limits.of(10, 3));
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

    private List<Called> call(int node, String... drivers) {
        List<Wanted> wanted = new ArrayList<>();
        for (String driver : drivers) {
            PhoneNumber phone = new PhoneNumber("+14155550100");
            wanted.add(
                    new Wanted(
                            new DriverId(driver),
                            new Recipient(phone, null, null),
                            UserData.EMPTY));
        }
        return callDrivers(node).call(AccountId.DEFAULT, Routing.DEFAULT, wanted);
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
                        () -> NOW);
        return new CallDrivers(CallEngine.over(nodes.node(node), around).placeCall(), () -> NOW);
    }

    private static List<String> ids(List<Called> calls) {
        return calls.stream().map(call -> ((Placed) call).call()).map(CallId::value).toList();
    }
}
