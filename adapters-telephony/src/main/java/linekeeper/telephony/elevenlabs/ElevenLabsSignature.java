package linekeeper.telephony.elevenlabs;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Checks `ElevenLabs-Signature: t=<unix seconds>,v0=<hex>`: HMAC-SHA256 over `t`, a dot and the body's
/// bytes. While secrets are rotated several may be good and several may have signed. Thread-safe.
final class ElevenLabsSignature {
    private static final String ALGORITHM = "HmacSHA256";
    private static final Duration OLDEST = Duration.ofMinutes(30);
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);
    private static final int MOST_SIGNATURES = 8;
    private static final Pattern TIME = Pattern.compile("[0-9]{1,11}");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-fA-F]{64}");

    private final List<SecretKeySpec> keys;

    ElevenLabsSignature(List<String> secrets) {
        keys =
                secrets.stream()
                        .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                        .map(secret -> new SecretKeySpec(secret, ALGORITHM))
                        .toList();
    }

    /// What is wrong with it; empty: ElevenLabs signed this body, and not long ago.
    ///
    /// @param header null: there was none
    Optional<String> complaint(@Nullable String header, byte[] body, Instant now) {
        if (keys.isEmpty()) {
            return Optional.of("No webhook secret is configured");
        }
        Signed signed = Signed.parsed(header == null ? "" : header);
        if (signed.time.isEmpty() || signed.digests.isEmpty()) {
            return Optional.of("ElevenLabs-Signature is missing or malformed");
        }
        if (!timely(Instant.ofEpochSecond(Long.parseLong(signed.time)), now)) {
            return Optional.of("ElevenLabs-Signature is not of these 30 minutes");
        }
        return genuine(signed, body)
                ? Optional.empty()
                : Optional.of("ElevenLabs-Signature does not match the body");
    }

    private static boolean timely(Instant signed, Instant now) {
        return !signed.isBefore(now.minus(OLDEST)) && !signed.isAfter(now.plus(CLOCKS_DIFFER));
    }

    /// Every pair is compared, each in the same time: how long it takes tells nothing.
    private boolean genuine(Signed signed, byte[] body) {
        boolean genuine = false;
        for (SecretKeySpec key : keys) {
            byte[] expected = digest(key, signed.time, body);
            for (byte[] given : signed.digests) {
                genuine |= MessageDigest.isEqual(expected, given);
            }
        }
        return genuine;
    }

    private static byte[] digest(SecretKeySpec key, String time, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((time + ".").getBytes(StandardCharsets.US_ASCII));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /// @param time empty: none, or several
    private record Signed(String time, List<byte[]> digests) {
        static Signed parsed(String header) {
            List<String> times = new ArrayList<>();
            List<byte[]> digests = new ArrayList<>();
            for (String part : header.split(",", -1)) {
                String text = part.strip();
                if (text.startsWith("t=") && TIME.matcher(text.substring(2)).matches()) {
                    times.add(text.substring(2));
                } else if (text.startsWith("v0=")
                        && digests.size() < MOST_SIGNATURES
                        && DIGEST.matcher(text.substring(3)).matches()) {
                    digests.add(HexFormat.of().parseHex(text.substring(3)));
                }
            }
            return new Signed(times.size() == 1 ? times.getFirst() : "", digests);
        }
    }
}
