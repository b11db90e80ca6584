package linekeeper.telephony.twilio;

import linekeeper.domain.CallKey;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.PhoneNumber;

import java.util.Optional;

/// What we know of our own calls, to tell whose a call in Twilio's list is.
public interface OurCalls {
    /// How many attempts over Twilio to this number, in all accounts, have no execution id yet.
    int unboundTo(PhoneNumber number);

    /// Whose execution it is known to be.
    Optional<CallKey> ownerOf(ExecutionId execution);
}
