package linekeeper.telephony.elevenlabs;

import linekeeper.application.port.StopResult;

/// The Twilio account that owns the numbers imported into ElevenLabs: it can end their calls, which
/// ElevenLabs itself has no way to (H5). Thread-safe, throws nothing expected.
@FunctionalInterface
public interface CarrierHangUp {
    /// Asks for a call to be ended, whatever stage it is in.
    ///
    /// @param callSid Twilio's id of the call
    StopResult hangUp(String callSid);
}
