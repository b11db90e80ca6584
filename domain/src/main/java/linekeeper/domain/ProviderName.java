package linekeeper.domain;

import java.util.regex.Pattern;

/// A voice provider's short name, as in `bolna`: lower-case letters, 1 to 32 of them.
public record ProviderName(String value) {
    private static final Pattern SHAPE = Pattern.compile("[a-z]{1,32}");

    public ProviderName {
        if (!SHAPE.matcher(value).matches()) {
            throw new InvalidValue("provider", "must be 1 to 32 lower-case letters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
