package linekeeper.application.port;

import linekeeper.domain.AccountId;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.person.Lead;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// The leads: one per account and number. A dialed call counts once, in its lead or in a job that is
/// still to be done: [Calls#change] merges it when the call ends, or leaves it to [Jobs].
public interface Leads {
    /// Merges each lead into the account's and finishes its job, in one commit. What was taken again
    /// meanwhile is left to who took it, so every job counts once.
    ///
    /// If one of them cannot be written, none is, and this fails.
    ///
    /// @return how many were merged
    int record(List<Made> made);

    /// A job's result.
    record Made(Job job, Lead lead) {}

    /// An account's leads, the latest updated first, at most `most`.
    ///
    /// @param after where the page before ended; null: from the beginning
    List<Lead> list(AccountId account, @Nullable Place after, int most);

    /// Where a lead is in the list.
    record Place(Instant updatedAt, PhoneNumber phone) {
        public static Place of(Lead lead) {
            return new Place(lead.updatedAt(), lead.phone());
        }
    }
}
