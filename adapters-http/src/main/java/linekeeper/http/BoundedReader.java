package linekeeper.http;

import io.helidon.http.Status;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Reads a body within a size and a time, for a sender of one byte now and then is never silent.
///
/// @param limit in bytes; what comes after it is read and dropped
/// @param patience for the whole body
/// @param nanos a clock that only moves forward
record BoundedReader(int limit, Duration patience, LongSupplier nanos) {
    private static final int CHUNK = 8_192;

    byte[] read(InputStream in) throws IOException {
        long begin = nanos.getAsLong();
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        long size = 0;
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
            size += count;
            if (size <= limit) {
                kept.write(chunk, 0, count);
            }
            if (nanos.getAsLong() - begin > patience.toNanos()) {
                throw tooSlow();
            }
        }
        if (size > limit) {
            throw ErrorTable.tooLarge().asException();
        }
        return kept.toByteArray();
    }

    private static ProblemException tooSlow() {
        return Problem.of(Status.REQUEST_TIMEOUT_408, "The body took too long")
                .withHeader("Connection", "close")
                .asException();
    }
}
