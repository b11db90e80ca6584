package linekeeper.bootstrap.importing;

import jakarta.json.JsonString;
import jakarta.json.JsonValue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/// A digest of a record's content: the same fields give the same one, in any order and from either
/// format.
final class Fingerprint {
    private static final int BYTES = 16;

    private Fingerprint() {}

    static String of(Map<String, JsonValue> fields) {
        MessageDigest digest = sha256();
        new TreeMap<>(fields)
                .forEach(
                        (name, value) -> {
                            update(digest, name);
                            update(digest, text(value));
                        });
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    private static String text(JsonValue value) {
        return value instanceof JsonString string ? string.getString().strip() : value.toString();
    }

    /// With its length before it, so that no two lists of texts look the same.
    private static void update(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
