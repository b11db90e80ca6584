package linekeeper.domain.person;

import linekeeper.domain.CallId;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.EndedCall;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// What an account's ended calls to one number add up to (E1). Leads merge in any order to the same
/// result, so late and concurrent follow-up work does no harm.
///
/// @param name the one that was used last
/// @param calls that were dialed and have ended
/// @param completed those of them that somebody answered
/// @param lastCall the call that ended last, at `updatedAt`
/// @param createdAt when the first of them was accepted
public record Lead(
        PhoneNumber phone,
        @Nullable String name,
        long calls,
        long completed,
        CallId lastCall,
        CallStatus lastStatus,
        Instant createdAt,
        Instant updatedAt) {
    /// The lead that one call makes.
    public static Lead of(EndedCall call) {
        var recipient = call.accepted().request().recipient();
        return new Lead(
                recipient.phone(),
                recipient.name(),
                1,
                call.status() == CallStatus.COMPLETED ? 1 : 0,
                call.key().call(),
                call.status(),
                call.accepted().createdAt(),
                call.span().endedAt());
    }

    /// Both together; they are of one number.
    public Lead mergedWith(Lead other) {
        Lead later = isLater(other) ? other : this;
        Lead earlier = isLater(other) ? this : other;
        return new Lead(
                phone,
                later.name == null ? earlier.name : later.name,
                calls + other.calls,
                completed + other.completed,
                later.lastCall,
                later.lastStatus,
                createdAt.isBefore(other.createdAt) ? createdAt : other.createdAt,
                later.updatedAt);
    }

    private boolean isLater(Lead other) {
        int time = other.updatedAt.compareTo(updatedAt);
        return time > 0 || (time == 0 && other.lastCall.value().compareTo(lastCall.value()) > 0);
    }
}
