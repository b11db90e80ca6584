package linekeeper.domain.call;

import java.util.Set;
import java.util.regex.Pattern;

/// Why a call failed (E2).
///
/// @param code for programs: capitals, digits and `_`, at most 64; one of the constants below or the
///     provider's own
/// @param message for people; cut at 1000 characters, for it may be a provider's
public record Failure(String code, String message) {
    /// The provider was asked and knows of no such call; nobody was called (H2).
    public static final String DIAL_NOT_PLACED = "DIAL_NOT_PLACED";

    /// The provider could not be asked in time; the person may have been called (H2).
    public static final String DIAL_UNCONFIRMED = "DIAL_UNCONFIRMED";

    /// An operator gave the slot back by hand.
    public static final String RELEASED_BY_OPERATOR = "RELEASED_BY_OPERATOR";

    /// The provider once had the call and now says that it does not exist.
    public static final String EXECUTION_LOST = "EXECUTION_LOST";

    /// The provider refused to dial and gave no code of its own.
    public static final String PROVIDER_REFUSED = "PROVIDER_REFUSED";

    /// The provider dialed, and reports that the call failed without saying why.
    public static final String PROVIDER_FAILED = "PROVIDER_FAILED";

    /// Nobody can be reached under this number, now or later.
    public static final String INVALID_NUMBER = "INVALID_NUMBER";

    private static final Pattern CODE = Pattern.compile("[A-Z0-9_]{1,64}");
    private static final int MAX_MESSAGE = 1_000;

    private static final Set<String> UNDECIDED =
            Set.of(DIAL_UNCONFIRMED, EXECUTION_LOST, RELEASED_BY_OPERATOR);

    public Failure {
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("not an error code: " + code);
        }
        message = message.substring(0, Math.min(message.length(), MAX_MESSAGE));
    }

    /// Whether it is known that the call came to nothing. Else the person may have been called.
    public boolean nobodyWasReached() {
        return !UNDECIDED.contains(code);
    }
}
