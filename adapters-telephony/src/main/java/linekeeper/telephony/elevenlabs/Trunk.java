package linekeeper.telephony.elevenlabs;

/// Whose lines ElevenLabs dials over.
public enum Trunk {
    /// A number imported from a Twilio account.
    TWILIO("/v1/convai/twilio/outbound-call"),
    /// A SIP trunk of any vendor.
    SIP("/v1/convai/sip-trunk/outbound-call");

    private final String createPath;

    Trunk(String createPath) {
        this.createPath = createPath;
    }

    String createPath() {
        return createPath;
    }
}
