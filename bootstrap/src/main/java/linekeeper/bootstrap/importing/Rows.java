package linekeeper.bootstrap.importing;

import jakarta.json.spi.JsonProvider;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/// Reads a file's records one after the other; holds one at a time.
interface Rows {
    /// One record may have so many characters.
    int LONGEST = 1 << 20;

    /// Looked up once: `Json` looks for it in every jar, at every call.
    JsonProvider JSON = JsonProvider.provider();

    Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    /// Null: there are no more.
    ///
    /// @throws IOException the file cannot be read on
    @Nullable Row next() throws IOException;

    /// UTF-8 and nothing else, without the byte order mark that some programs put in front.
    static Reader utf8(InputStream in) throws IOException {
        PushbackInputStream pushback = new PushbackInputStream(in, 3);
        byte[] head = pushback.readNBytes(3);
        boolean mark =
                head.length == 3
                        && head[0] == (byte) 0xEF
                        && head[1] == (byte) 0xBB
                        && head[2] == (byte) 0xBF;
        if (!mark) {
            pushback.unread(head);
        }
        return new InputStreamReader(pushback, StandardCharsets.UTF_8.newDecoder());
    }

    /// `Call Sid` and `callSid` are `call_sid`.
    static String name(String written) {
        return HUMP.matcher(written.strip())
                .replaceAll("_")
                .toLowerCase(Locale.ROOT)
                .replace(' ', '_');
    }
}
