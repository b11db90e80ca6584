package linekeeper.bootstrap.settings;

import java.io.Serial;
import java.util.List;

/// The settings cannot be used. The message has a line for each complaint and no setting's value.
public final class InvalidSettings extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    InvalidSettings(List<String> complaints) {
        super(String.join(System.lineSeparator(), complaints));
    }
}
