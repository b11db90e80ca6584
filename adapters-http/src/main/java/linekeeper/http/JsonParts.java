package linekeeper.http;

import jakarta.json.spi.JsonProvider;

/// Makes JSON's parts. `Json`'s own methods look their provider up each time they are called, which for
/// small answers takes longer than writing them. Thread-safe.
public final class JsonParts {
    public static final JsonProvider JSON = JsonProvider.provider();

    private JsonParts() {}
}
