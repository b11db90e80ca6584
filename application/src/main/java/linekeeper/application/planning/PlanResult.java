package linekeeper.application.planning;

import linekeeper.domain.AccountId;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.CallType;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What came of a plan.
///
/// @param finished whether every call had ended before the horizon
/// @param took from the beginning to the last call's end, or the horizon
/// @param accepted calls that were asked for
/// @param attempts dials
/// @param waits of attempts that were ready after the warm-up, from when they were due and their window
///     open to their slots
/// @param live slots in use over time
/// @param waiting calls in the queue over time, those included that are not due yet
/// @param use per account
/// @param passedOver campaign calls that went before a direct one: none, or there is a bug
public record PlanResult(
        boolean finished,
        Duration took,
        long accepted,
        long attempts,
        Map<CallStatus, Integer> outcomes,
        Map<CallType, Waits> waits,
        Curve live,
        Curve waiting,
        List<Use> use,
        double utilisation,
        long passedOver) {

    /// How an account's slots were used.
    ///
    /// @param limit in the end
    /// @param meanLive over the whole time
    public record Use(AccountId account, int limit, double meanLive, Curve live) {
        public double utilisation() {
            return limit == 0 ? 0 : meanLive / limit;
        }
    }
}
