package linekeeper.application.world;

import linekeeper.application.port.Job;
import linekeeper.application.port.Jobs;
import linekeeper.domain.AccountId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The follow-up work in memory.
final class MemoryJobs implements Jobs {
    private final MemoryState state;

    MemoryJobs(MemoryState state) {
        this.state = state;
    }

    @Override
    public List<Job> take(Job.Kind kind, Instant now, Instant again, int most) {
        synchronized (state) {
            List<Job> due =
                    state.jobs.values().stream()
                            .filter(job -> job.kind() == kind)
                            .filter(job -> job.status() == Job.Status.PENDING)
                            .filter(job -> !job.dueAt().isAfter(now))
                            .sorted(Comparator.comparing(Job::dueAt).thenComparingLong(Job::number))
                            .limit(most)
                            .map(job -> with(job, job.attempts() + 1, again, job.lastError()))
                            .toList();
            due.forEach(job -> state.jobs.put(job.number(), job));
            return due;
        }
    }

    @Override
    public boolean putBack(Job job, Instant dueAt, String error) {
        return replace(job, with(job, job.attempts(), dueAt, error));
    }

    @Override
    public boolean bury(Job job, String error) {
        synchronized (state) {
            Job current = state.jobs.get(job.number());
            return current != null && replace(job, dead(current, error));
        }
    }

    private boolean replace(Job job, Job next) {
        synchronized (state) {
            return isOurs(state, job) && state.jobs.put(job.number(), next) != null;
        }
    }

    /// Nobody took it after us.
    static boolean isOurs(MemoryState state, Job job) {
        Job current = state.jobs.get(job.number());
        return current != null
                && current.status() == Job.Status.PENDING
                && current.attempts() == job.attempts();
    }

    @Override
    public List<Job> list(AccountId account, Job.@Nullable Status status, long after, int most) {
        synchronized (state) {
            return state.jobs.tailMap(after + 1).values().stream()
                    .filter(job -> job.account().equals(account))
                    .filter(job -> status == null || job.status() == status)
                    .limit(most)
                    .toList();
        }
    }

    @Override
    public Optional<Job> retry(AccountId account, long number, Instant now) {
        synchronized (state) {
            Job job = state.jobs.get(number);
            if (job == null || !job.account().equals(account) || job.status() != Job.Status.DEAD) {
                return Optional.empty();
            }
            Job again = with(job, 0, now, job.lastError());
            state.jobs.put(number, again);
            return Optional.of(again);
        }
    }

    private static Job with(Job job, int attempts, Instant dueAt, @Nullable String error) {
        return new Job(
                job.account(),
                job.number(),
                job.kind(),
                job.call(),
                Job.Status.PENDING,
                attempts,
                dueAt,
                error,
                job.createdAt());
    }

    private static Job dead(Job job, String error) {
        return new Job(
                job.account(),
                job.number(),
                job.kind(),
                job.call(),
                Job.Status.DEAD,
                job.attempts(),
                job.dueAt(),
                error,
                job.createdAt());
    }
}
