package linekeeper.domain.notice;

import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.InvalidValue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Which notice: the entry of which call's timeline it tells of. Its text is what the receiver knows it
/// by, the same however often it is sent.
public record NoticeId(CallKey key, long sequence) {
    private static final String PREFIX = "msg_";
    private static final String SEPARATOR = " ";
    private static final int PARTS = 3;

    /// Unique among all accounts, opaque, letters, digits, `-` and `_` only: a signed message id may
    /// hold no full stop.
    public String text() {
        String plain =
                String.join(
                        SEPARATOR,
                        key.account().value(),
                        key.call().value(),
                        Long.toString(sequence));
        byte[] bytes = plain.getBytes(StandardCharsets.UTF_8);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// Reads what [#text] wrote.
    public static NoticeId parse(String text) {
        if (text.startsWith(PREFIX)) {
            try {
                byte[] bytes = Base64.getUrlDecoder().decode(text.substring(PREFIX.length()));
                return ofParts(new String(bytes, StandardCharsets.UTF_8).split(SEPARATOR, -1));
            } catch (IllegalArgumentException e) {
                throw unknown();
            }
        }
        throw unknown();
    }

    private static NoticeId ofParts(String[] parts) {
        if (parts.length != PARTS) {
            throw unknown();
        }
        CallKey key = new CallKey(new AccountId(parts[0]), new CallId(parts[1]));
        return new NoticeId(key, Long.parseLong(parts[2]));
    }

    private static InvalidValue unknown() {
        return new InvalidValue("id", "must be the id of a notification");
    }
}
