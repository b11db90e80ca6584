package linekeeper.telephony.twilio;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// The Twilio account that calls are made for.
///
/// @param sid as in `AC` and 32 hexadecimal digits
/// @param authToken its primary token: an API key could dial but not verify webhooks
public record TwilioAccount(String sid, String authToken) {
    String authorization() {
        byte[] both = (sid + ":" + authToken).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    /// Without the token.
    @Override
    public String toString() {
        return "TwilioAccount[" + sid + "]";
    }
}
