package linekeeper.application.port;

import linekeeper.domain.AccountId;
import linekeeper.domain.call.CallStatus;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// An account's calls in figures (F8, C9). Calls that are hidden count.
public interface Analytics {
    /// The largest groups first, at most `most`; days in their order.
    List<Group> groups(AccountId account, Query query, int most);

    /// What a group has in common.
    enum By {
        CAMPAIGN,
        AGENT,
        DRIVER,
        /// The day of acceptance in UTC.
        DAY
    }

    /// @param from accepted at or after
    /// @param to accepted before
    record Query(By by, Instant from, Instant to) {}

    /// @param key null: the calls that have none
    /// @param calls accepted
    /// @param ended by final status; those that are none are left out
    /// @param dialed of the ended ones, those that ever got a slot
    /// @param answered of those, the ones a person or an agent took, no machine
    /// @param attempts made so far, of all
    /// @param timed ended calls whose duration is known
    /// @param seconds those took together
    /// @param cost of all, in the provider's unit
    record Group(
            @Nullable String key,
            long calls,
            Map<CallStatus, Long> ended,
            long dialed,
            long answered,
            long attempts,
            long timed,
            BigDecimal seconds,
            BigDecimal cost) {
        public Group {
            ended = Map.copyOf(ended);
        }

        public long completed() {
            return ended.getOrDefault(CallStatus.COMPLETED, 0L);
        }
    }
}
