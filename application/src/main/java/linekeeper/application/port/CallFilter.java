package linekeeper.application.port;

import linekeeper.domain.CampaignId;
import linekeeper.domain.DriverId;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.CallType;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// Which calls a list shows; null: any.
///
/// @param from created at or after
/// @param to created before
public record CallFilter(
        @Nullable CallStatus status,
        @Nullable CallType type,
        @Nullable CampaignId campaign,
        @Nullable DriverId driver,
        @Nullable PhoneNumber phone,
        @Nullable Instant from,
        @Nullable Instant to) {
    public static final CallFilter ANY = new CallFilter(null, null, null, null, null, null, null);
}
