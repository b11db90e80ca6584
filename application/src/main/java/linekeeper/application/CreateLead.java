package linekeeper.application;

import linekeeper.application.port.Calls;
import linekeeper.application.port.Job;
import linekeeper.application.port.Jobs;
import linekeeper.application.port.Leads;
import linekeeper.application.port.Leads.Made;
import linekeeper.application.port.StoreUnavailable;
import linekeeper.domain.CallKey;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.person.Lead;
import linekeeper.domain.queue.Backoff;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes the leads that the ends of their calls could not write (E1). A job knows the call's id alone;
/// the call is loaded here.
///
/// A job that fails is tried again, later each time, eight times in all, and is then dead: visible, and
/// out of the way. It never keeps others from their turn, for it is written apart from them. If the
/// process dies on the way, the jobs it had taken are due again after a minute. Several nodes may run
/// it. Thread-safe.
public final class CreateLead {
    private static final Logger LOG = System.getLogger(CreateLead.class.getName());
    private static final int MOST_AT_ONCE = 100;
    private static final int MOST_ATTEMPTS = 8;
    private static final Duration TAKEN_FOR = Duration.ofMinutes(1);
    private static final Backoff PAUSES =
            new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(10));

    private final Jobs jobs;
    private final Calls calls;
    private final Leads leads;

    public CreateLead(Jobs jobs, Calls calls, Leads leads) {
        this.jobs = jobs;
        this.calls = calls;
        this.leads = leads;
    }

    /// One batch. More may be due if [Round#full].
    ///
    /// @throws StoreUnavailable the jobs taken are due again after a minute
    public Round runOnce(Instant now) {
        List<Job> taken = jobs.take(Job.Kind.LEAD, now, now.plus(TAKEN_FOR), MOST_AT_ONCE);
        Batch batch = new Batch(now);
        Map<CallKey, Call> found = find(taken);
        taken.forEach(job -> batch.load(job, found));
        batch.write();
        return new Round(batch.done, batch.failed, taken.size() == MOST_AT_ONCE);
    }

    /// @param done leads made or renewed
    /// @param failed jobs that were put back or have died
    public record Round(int done, int failed, boolean full) {}

    private final class Batch {
        private final Instant now;
        private final List<Made> made = new ArrayList<>();
        private int done;
        private int failed;

        Batch(Instant now) {
            this.now = now;
        }

        void load(Job job, Map<CallKey, Call> found) {
            if (job.attempts() > MOST_ATTEMPTS) {
                fail(job, "Taken " + MOST_ATTEMPTS + " times without an end");
                return;
            }
            try {
                made.add(new Made(job, leadOf(job, found)));
            } catch (StoreUnavailable e) {
                throw e;
            } catch (RuntimeException e) {
                fail(job, reason(e));
            }
        }

        /// Together, or, if one of them cannot be written, each by itself.
        void write() {
            if (made.isEmpty()) {
                return;
            }
            try {
                done += leads.record(made);
            } catch (StoreUnavailable e) {
                throw e;
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, () -> "leads are written one by one: " + e);
                made.forEach(this::writeOne);
            }
        }

        private void writeOne(Made one) {
            try {
                done += leads.record(List.of(one));
            } catch (StoreUnavailable e) {
                throw e;
            } catch (RuntimeException e) {
                fail(one.job(), reason(e));
            }
        }

        private void fail(Job job, String error) {
            failed++;
            LOG.log(
                    Level.WARNING,
                    () -> "lead of " + job.key() + ", attempt " + job.attempts() + ": " + error);
            if (job.attempts() >= MOST_ATTEMPTS) {
                jobs.bury(job, error);
            } else {
                jobs.putBack(job, now.plus(PAUSES.delay(job.attempts() - 1)), error);
            }
        }
    }

    /// Together, or, if one of them cannot be read, none: each is then looked for by itself.
    private Map<CallKey, Call> find(List<Job> taken) {
        Map<CallKey, Call> found = new HashMap<>();
        try {
            calls.findAll(taken.stream().map(Job::key).toList())
                    .forEach(call -> found.put(call.key(), call));
        } catch (StoreUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, () -> "calls are read one by one: " + e);
        }
        return found;
    }

    private Lead leadOf(Job job, Map<CallKey, Call> found) {
        Call call =
                Optional.ofNullable(found.get(job.key()))
                        .or(() -> calls.find(job.key()))
                        .orElseThrow(() -> new IllegalStateException("No such call"));
        if (call instanceof EndedCall ended) {
            return Lead.of(ended);
        }
        throw new IllegalStateException("The call has not ended");
    }

    /// What failed first; whatever passed it on only says where. One line: a database would add the row,
    /// and with it whose lead it is.
    private static String reason(RuntimeException failure) {
        Throwable first = failure;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        String message = first.getMessage();
        return message == null || message.isBlank()
                ? first.getClass().getSimpleName()
                : message.lines().findFirst().orElseThrow();
    }
}
