package linekeeper.domain;

import java.io.Serial;

/// A value that breaks its type's rule. Names the field, so that the sender can mend it; never echoes
/// the value, which may be a phone number or a secret.
public final class InvalidValue extends IllegalArgumentException {
    @Serial private static final long serialVersionUID = 1L;

    private final String field;
    private final String rule;

    public InvalidValue(String field, String rule) {
        super(field + " " + rule);
        this.field = field;
        this.rule = rule;
    }

    /// The field as the public API spells it.
    public String field() {
        return field;
    }

    /// What a good value looks like.
    public String rule() {
        return rule;
    }
}
