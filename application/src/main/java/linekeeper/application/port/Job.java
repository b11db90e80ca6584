package linekeeper.application.port;

import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// Work that follows from a call. It names the call alone; whoever does it loads the rest (E1).
///
/// @param number unique within the account
/// @param attempts how often it was taken; who took it earlier can no longer finish it
/// @param dueAt not taken before
/// @param lastError why the latest attempt failed, at most 1 000 characters; null: none did
public record Job(
        AccountId account,
        long number,
        Kind kind,
        CallId call,
        Status status,
        int attempts,
        Instant dueAt,
        @Nullable String lastError,
        Instant createdAt) {
    private static final int LONGEST_ERROR = 1_000;

    public Job {
        lastError =
                lastError == null
                        ? null
                        : lastError.substring(0, Math.min(lastError.length(), LONGEST_ERROR));
    }

    /// What is to be done.
    public enum Kind {
        /// Make or renew the lead of the call's number.
        LEAD("lead");

        private final String wireName;

        Kind(String wireName) {
            this.wireName = wireName;
        }

        /// As the public API and the database spell it.
        public String wireName() {
            return wireName;
        }
    }

    /// How it stands; a job that is done is no more.
    public enum Status {
        /// Waits for its turn, or is being done.
        PENDING("pending"),
        /// Failed for the last time; waits for somebody to look at it.
        DEAD("dead");

        private final String wireName;

        Status(String wireName) {
            this.wireName = wireName;
        }

        /// As the public API and the database spell it.
        public String wireName() {
            return wireName;
        }
    }

    public CallKey key() {
        return new CallKey(account, call);
    }
}
