package linekeeper.domain.call;

import linekeeper.domain.InvalidValue;

/// The caller's own JSON object, handed to the provider and back unchanged.
///
/// @param json canonical text (keys sorted, no white space), so that equal content is equal text; at
///     most 16 384 characters
public record UserData(String json) {
    public static final UserData EMPTY = new UserData("{}");
    private static final int MAX = 16_384;

    public UserData {
        if (json.length() > MAX) {
            throw new InvalidValue("user_data", "must be at most " + MAX + " characters of JSON");
        }
    }
}
