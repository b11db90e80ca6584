package linekeeper.http.metrics;

import java.util.Locale;

/// By what a call is looked up.
enum LookupBy {
    CALL_ID,
    EXECUTION_ID;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
