package linekeeper.persistence;

import linekeeper.domain.call.EndedCall;
import linekeeper.domain.person.Lead;

import java.util.List;

/// What the commit that ends dialed calls does for their leads (E1).
enum FollowUp {
    /// It merges them itself.
    LEADS,

    /// It leaves a job for each call: a lead cannot be written, and no end waits for that.
    JOBS;

    /// What is to be merged in the statement that writes these ends.
    LeadMerge leads(List<EndedCall> dialed) {
        LeadMerge leads = new LeadMerge();
        if (this == LEADS) {
            dialed.forEach(end -> leads.add(end.key().account(), Lead.of(end)));
        }
        return leads;
    }

    /// What is left to be done after the commit.
    void leaveJobs(Database database, List<EndedCall> dialed) {
        if (this == JOBS && !dialed.isEmpty()) {
            PostgresJobs.leave(database, dialed);
        }
    }
}
