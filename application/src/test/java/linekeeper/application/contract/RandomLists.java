package linekeeper.application.contract;

import linekeeper.application.port.CallCursor;
import linekeeper.application.port.CallFilter;
import linekeeper.application.port.CallPage;
import linekeeper.application.port.PageRequest;
import linekeeper.domain.AccountId;
import linekeeper.domain.CampaignId;
import linekeeper.domain.DriverId;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.CallType;
import linekeeper.domain.queue.HoldingTime;
import linekeeper.domain.queue.Inflow;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Lists of calls by what is asked for, and what was learned from past ones (D1, G1).
final class RandomLists {
    private static final Duration STALE = Duration.ofSeconds(6);

    private final HistoryCourse course;

    RandomLists(HistoryCourse course) {
        this.course = course;
    }

    void list() {
        AccountId account = course.account();
        CallFilter filter =
                new CallFilter(
                        some(List.of(CallStatus.values())),
                        some(List.of(CallType.values())),
                        some(List.of(new CampaignId("a"), new CampaignId("b"))),
                        some(List.of(new DriverId("d0"), new DriverId("d1"))),
                        some(List.of(RandomAdmissions.number(0), RandomAdmissions.number(1))),
                        some(List.of(ago(), ago())),
                        some(List.of(ago(), course.now())));
        course.answered("list " + filter + pages(account, filter));
    }

    private <T> @Nullable T some(List<T> values) {
        return course.once(4) ? course.oneOf(values) : null;
    }

    private Instant ago() {
        return course.now().minusMillis(course.random.nextInt(15_000));
    }

    private List<List<String>> pages(AccountId account, CallFilter filter) {
        int limit = 1 + course.random.nextInt(9);
        var calls = course.node().engine().calls();
        List<List<String>> pages = new ArrayList<>();
        @Nullable CallCursor after = null;
        do {
            CallPage page = calls.list(account, filter, new PageRequest(limit, after));
            pages.add(
                    page.calls().stream()
                            .map(call -> call.key().call() + " " + call.status() + call.attempt())
                            .toList());
            after = page.next();
        } while (after != null);
        return pages;
    }

    /// What is known may lag by some seconds. Calls in the archive count or not, as the store likes; so
    /// once there are any, nothing is compared.
    void holdingTimes() {
        course.pass(STALE);
        for (String account : HistoryCourse.ACCOUNTS) {
            var times = course.node().engine().holdingTimes();
            HoldingTime time = times.of(new AccountId(account));
            var inflow = times.inflow(new AccountId(account), course.now());
            if (!course.archived()) {
                course.answered(
                        "held "
                                + told(time)
                                + " after "
                                + inflow.stretches().stream().map(RandomLists::sorted).toList());
            }
        }
    }

    private static Map<String, Integer> sorted(Map<Inflow.Kind, Integer> stretch) {
        Map<String, Integer> sorted = new TreeMap<>();
        stretch.forEach((kind, calls) -> sorted.put(kind.toString(), calls));
        return sorted;
    }

    /// Added up in whatever order.
    private static String told(HoldingTime time) {
        return String.format(
                Locale.ROOT,
                "%d %.11f %.9f",
                time.observations(),
                time.meanSeconds(),
                time.variation());
    }
}
