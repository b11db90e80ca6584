package linekeeper.bootstrap.demo;

import linekeeper.domain.CallKey;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.CallType;
import linekeeper.domain.call.EndedCall;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the demo showed.
record Summary(
        List<EndedCall> ended,
        Map<CallKey, Instant> accepted,
        List<Tenant> tenants,
        HandOvers handOvers,
        Duration took) {

    boolean good(int total) {
        return ended.size() == total
                && violations() == 0
                && tenants.stream().allMatch(tenant -> tenant.mostSlots() <= tenant.limit());
    }

    void print(PrintWriter out) {
        out.printf("%n%d calls ended in %.1f s%n", ended.size(), took.toMillis() / 1000.0);
        Map<CallStatus, Integer> byStatus = new TreeMap<>();
        ended.forEach(call -> byStatus.merge(call.status(), 1, Integer::sum));
        byStatus.forEach((status, count) -> out.printf("  %-12s %4d%n", status.wireName(), count));
        for (Tenant tenant : tenants) {
            out.printf(
                    "  account %-8s at most %d slots in use, limit %d%n",
                    tenant.id(), tenant.mostSlots(), tenant.limit());
        }
        out.printf("  campaign calls started while a direct call waited: %d%n", violations());
        out.printf(
                "  hand-over, slot free to next dial: p50 %.1f ms, p99 %.1f ms%n",
                millis(handOvers.quantile(0.5)), millis(handOvers.quantile(0.99)));
        out.flush();
    }

    /// A campaign call that got its slot after a direct call of its account had been accepted and
    /// before that one got its own.
    private long violations() {
        return ended.stream()
                .filter(call -> call.accepted().request().type() == CallType.CAMPAIGN)
                .filter(call -> ended.stream().anyMatch(direct -> overtook(call, direct)))
                .count();
    }

    private boolean overtook(EndedCall campaign, EndedCall direct) {
        Instant waitedSince = accepted.get(direct.key());
        Instant started = campaign.span().startedAt();
        return direct.accepted().request().type() == CallType.DIRECT
                && direct.key().account().equals(campaign.key().account())
                && waitedSince != null
                && isBefore(waitedSince, started)
                && isBefore(started, direct.span().startedAt());
    }

    private static boolean isBefore(@Nullable Instant first, @Nullable Instant second) {
        return first != null && second != null && first.isBefore(second);
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
