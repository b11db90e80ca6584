package linekeeper.application.contract;

import linekeeper.application.port.Job;
import linekeeper.application.port.Jobs;
import linekeeper.application.port.Leads;
import linekeeper.application.port.Leads.Made;
import linekeeper.application.port.StoreUnavailable;
import linekeeper.domain.AccountId;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.person.Lead;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// Leads that cannot be written, follow-up work that is taken, done in time or too late, put back, buried and tried again; and the
/// leads that come of it (E1).
final class RandomJobs {
    private static final int ALL = 1_000;
    private static final int LONGEST_WAIT = 8_000;

    private final HistoryCourse course;
    private final List<Job> taken = new ArrayList<>();

    RandomJobs(HistoryCourse course) {
        this.course = course;
    }

    void one() {
        switch (course.random.nextInt(9)) {
            case 0, 1, 2 -> take();
            case 3, 4 -> record();
            case 5, 6 -> fail();
            case 7 -> refuse();
            default -> retry();
        }
    }

    /// The leads of about half the numbers cannot be written now, and their calls leave jobs: few calls
    /// of a history are dialed and end.
    void refuse() {
        List<PhoneNumber> numbers =
                RandomAdmissions.numbers().stream().filter(any -> course.once(2)).toList();
        course.node().refuseLeadsOf(Set.copyOf(numbers));
        course.answered("leads are refused of " + numbers);
    }

    /// First some, then all others: which come first of those that are due since the same moment is
    /// nobody's business.
    private void take() {
        Jobs jobs = course.node().jobs();
        Instant again = soon();
        int most = 1 + course.random.nextInt(4);
        List<Job> all = new ArrayList<>(jobs.take(Job.Kind.LEAD, course.now(), again, most));
        course.answered("jobs at first " + all.size());
        all.addAll(jobs.take(Job.Kind.LEAD, course.now(), again, ALL));
        all.sort(Comparator.comparing(RandomJobs::told));
        course.answered("jobs " + all.stream().map(RandomJobs::told).toList());
        taken.addAll(all);
    }

    /// Some that were taken again meanwhile, or are done already, and some twice; if one of them is
    /// refused, none is written.
    private void record() {
        List<Made> made = new ArrayList<>();
        int most = Math.min(taken.size(), 1 + course.random.nextInt(5));
        for (int i = 0; i < most; i++) {
            Job job = course.oneOf(taken);
            EndedCall call =
                    (EndedCall) course.node().engine().calls().find(job.key()).orElseThrow();
            made.add(new Made(job, Lead.of(call)));
        }
        course.answered("recorded " + recorded(made));
    }

    private String recorded(List<Made> made) {
        try {
            return "" + course.node().leads().record(made);
        } catch (StoreUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            return "none";
        }
    }

    private void fail() {
        if (!taken.isEmpty()) {
            Job job = course.oneOf(taken);
            String error = course.once(4) ? "long ".repeat(300) : "why";
            Jobs jobs = course.node().jobs();
            boolean done =
                    course.once(2) ? jobs.bury(job, error) : jobs.putBack(job, soon(), error);
            course.answered("failed " + told(job) + done);
        }
    }

    private void retry() {
        AccountId account = course.account();
        List<Job> dead = course.node().jobs().list(account, Job.Status.DEAD, 0, ALL);
        List<Job> any = dead.isEmpty() ? course.node().jobs().list(account, null, 0, ALL) : dead;
        if (!any.isEmpty()) {
            long number = course.oneOf(any).number();
            var retried = course.node().jobs().retry(account, number, course.now());
            course.answered("retried " + retried.map(RandomJobs::told));
        }
    }

    void look() {
        AccountId account = course.account();
        Job.Status status = course.once(2) ? null : course.oneOf(List.of(Job.Status.values()));
        course.answered("jobs of " + account + status + jobs(account, status));
        course.answered("leads of " + account + leads(account));
    }

    private List<String> jobs(AccountId account, Job.@Nullable Status status) {
        int most = 1 + course.random.nextInt(4);
        Jobs jobs = course.node().jobs();
        List<String> all = new ArrayList<>();
        List<Job> page = jobs.list(account, status, 0, most);
        while (!page.isEmpty()) {
            page.forEach(job -> all.add(told(job)));
            page = jobs.list(account, status, page.getLast().number(), most);
        }
        return all;
    }

    private List<Lead> leads(AccountId account) {
        int most = 1 + course.random.nextInt(4);
        Leads leads = course.node().leads();
        List<Lead> all = new ArrayList<>();
        List<Lead> page = leads.list(account, null, most);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = leads.list(account, Leads.Place.of(page.getLast()), most);
        }
        return all;
    }

    private Instant soon() {
        return course.now().plusMillis(1 + course.random.nextInt(LONGEST_WAIT));
    }

    /// Its number is the store's own.
    private static String told(Job job) {
        return "%s %s %s %d %s %s %s"
                .formatted(
                        job.key(),
                        job.kind(),
                        job.status(),
                        job.attempts(),
                        job.dueAt(),
                        job.lastError(),
                        job.createdAt());
    }
}
