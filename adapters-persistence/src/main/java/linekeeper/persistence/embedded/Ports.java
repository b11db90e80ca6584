package linekeeper.persistence.embedded;

import com.sun.management.OperatingSystemMXBean;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The embedded database's settings, of which only the port ever changes: it stays the same over
/// restarts as long as nobody else has taken it, so that pools find the database again.
final class Ports {
    private static final int BYTES_PER_MB = 1 << 20;
    private static final int SHARE = 16;
    private static final int LEAST_BUFFERS_MB = 128;
    private static final int MOST_BUFFERS_MB = 1024;
    private static final Pattern PORT = Pattern.compile("(?m)^port = ([0-9]+)$");

    private Ports() {}

    /// @param another the port used last is not to be tried again
    static void choose(Path cluster, boolean another) throws IOException {
        Path file = cluster.resolve("linekeeper.conf");
        OptionalInt last = another ? OptionalInt.empty() : last(file);
        int port = last.isPresent() && free(last.getAsInt()) ? last.getAsInt() : anyFree();
        Folders.writePrivate(file, settings(port));
    }

    private static OptionalInt last(Path file) throws IOException {
        if (!Files.exists(file)) {
            return OptionalInt.empty();
        }
        Matcher found = PORT.matcher(Files.readString(file));
        return found.find()
                ? OptionalInt.of(Integer.parseInt(found.group(1)))
                : OptionalInt.empty();
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static int anyFree() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// Room for several nodes' pools on one database; small enough for a laptop. Tables that were empty a
    /// moment ago fill within seconds, and those that change all the time must not fill up with what is
    /// dead, so both are looked after every second. What changed is written by a process of its own, or
    /// commits would have to make room for themselves; so they would if the pages that a busy hour writes
    /// to did not fit into the buffers.
    private static String settings(int port) {
        return """
        listen_addresses = '127.0.0.1'
        port = %d
        unix_socket_directories = ''
        max_connections = 60
        shared_buffers = '%dMB'
        max_wal_size = '2GB'
        jit = off
        autovacuum_naptime = '1s'
        bgwriter_lru_maxpages = 1000
        bgwriter_delay = '100ms'
        timezone = 'UTC'
        log_timezone = 'UTC'
        """
                .formatted(port, buffers(memory()));
    }

    /// A sixteenth of the machine's memory, within limits. What is not used of it is not taken.
    ///
    /// @param memory in bytes
    /// @return in megabytes
    static long buffers(long memory) {
        return Math.clamp(memory / BYTES_PER_MB / SHARE, LEAST_BUFFERS_MB, MOST_BUFFERS_MB);
    }

    /// Of the machine, or of the container if that has less.
    private static long memory() {
        OperatingSystemMXBean system =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return system.getTotalMemorySize();
    }
}
