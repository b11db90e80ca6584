package linekeeper.persistence;

import static linekeeper.application.contract.TestCalls.NOW;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.port.Notices;
import linekeeper.application.port.Notices.Taken;
import linekeeper.application.port.Notices.Wanted;
import linekeeper.application.port.Slots.EveryAccount;
import linekeeper.domain.CallKey;
import linekeeper.domain.account.Limits;
import linekeeper.domain.notice.Notice;
import linekeeper.domain.notice.NoticeStatus;
import linekeeper.domain.notice.Telling;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Several nodes tell a backend, and it hears everything once, each call's news in order (A5, H4, I1).
final class NoticesOnTwoNodesTest {
    private static final int CALLS = 60;
    private static final int PER_CALL = 5;

    private final TwoNodes nodes = new TwoNodes(Limits.of(10, 2), 5);
    private final Map<CallKey, List<Long>> told = new ConcurrentHashMap<>();

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void eachIsToldByOneAtATimeAndInOrder() throws Exception {
        write();
        List<Future<Integer>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8; i++) {
                Notices notices = new PostgresNotices(nodes.database(i));
                all.add(threads.submit(() -> tellAll(notices)));
            }
        }
        int sent = 0;
        for (Future<Integer> one : all) {
            sent += one.get();
        }

        assertThat(sent).isEqualTo(CALLS * PER_CALL);
        assertThat(told).hasSize(CALLS);
        assertThat(told.values()).allMatch(List.of(1L, 2L, 3L, 4L, 5L)::equals);
        assertThat(nodes.count("notices WHERE status = 'delivered' AND deliveries = 1"))
                .isEqualTo(CALLS * PER_CALL);
    }

    private int tellAll(Notices notices) {
        int sent = 0;
        while (told.values().stream().mapToInt(List::size).sum() < CALLS * PER_CALL) {
            Taken taken =
                    notices.take(
                            new Wanted(
                                    new EveryAccount(), Map.of(), 7, 7, NOW.plusSeconds(600), NOW));
            for (Notice notice : taken.notices()) {
                tell(notices, notice);
                sent++;
            }
        }
        return sent;
    }

    /// Whoever tells what somebody else tells too, or too early, spoils the list of the call.
    private void tell(Notices notices, Notice notice) {
        CallKey call = notice.id().key();
        told.computeIfAbsent(call, any -> new CopyOnWriteArrayList<>()).add(notice.id().sequence());
        Telling before = notice.telling();
        Telling delivered =
                new Telling(
                        NoticeStatus.DELIVERED,
                        before.deliveries(),
                        before.failures(),
                        before.dueAt(),
                        "200",
                        NOW);
        assertThat(notices.settle(notice, delivered, NOW)).isTrue();
    }

    private void write() {
        nodes.database()
                .update(
                        Sql.of(
                                """
                                INSERT INTO webhooks (account_id, url, events, secret, created_at)
                                VALUES ('default', 'https://backend.example',
                                        ARRAY['call.started', 'call.ended'], 'whsec_c2VjcmV0', now())
                                """));
        nodes.database()
                .update(
                        Sql.of(
                                        """
                                        INSERT INTO notices (account_id, call_id, sequence, type,
                                                             due_at, created_at)
                                        SELECT 'default', 'c' || c, s,
                                               CASE WHEN s = 5 THEN 'call.ended'
                                                    ELSE 'call.started' END, :now, :now
                                        FROM generate_series(1, 60) c, generate_series(1, 5) s
                                        """)
                                .with("now", NOW));
    }
}
