package linekeeper.bootstrap;

import linekeeper.application.port.Calls;
import linekeeper.application.port.Slots;
import linekeeper.domain.CallKey;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.PhoneNumber;
import linekeeper.telephony.twilio.OurCalls;
import linekeeper.telephony.twilio.TwilioProvider;

import java.util.Optional;

/// What the stores know of the calls over Twilio.
record OurTwilioCalls(Slots slots, Calls calls) implements OurCalls {
    @Override
    public int unboundTo(PhoneNumber number) {
        return slots.countUnbound(TwilioProvider.NAME, number);
    }

    @Override
    public Optional<CallKey> ownerOf(ExecutionId execution) {
        return calls.keyOf(execution);
    }
}
