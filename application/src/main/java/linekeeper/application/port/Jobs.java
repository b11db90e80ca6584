package linekeeper.application.port;

import linekeeper.domain.AccountId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The follow-up work that is left over. The commit that ends a dialed call merges its lead itself
/// ([Calls#change]); a job of kind `lead` is what it writes if that lead cannot be written, so that no
/// end fails because of it.
public interface Jobs {
    /// Takes due jobs, the longest due first, and puts each off until `again`: several nodes do not do
    /// the same one, and a crash loses none. Counts the attempt.
    List<Job> take(Job.Kind kind, Instant now, Instant again, int most);

    /// Has it tried again at `dueAt`; false: it was taken again meanwhile, nothing is changed.
    boolean putBack(Job job, Instant dueAt, String error);

    /// Gives it up, for somebody to look at; false: it was taken again meanwhile, nothing is changed.
    boolean bury(Job job, String error);

    /// An account's jobs in the order of their numbers, after `after`, at most `most`.
    ///
    /// @param status null: any
    List<Job> list(AccountId account, Job.@Nullable Status status, long after, int most);

    /// Has a dead job tried again from the beginning; empty: the account has no dead job of this
    /// number.
    Optional<Job> retry(AccountId account, long number, Instant now);
}
