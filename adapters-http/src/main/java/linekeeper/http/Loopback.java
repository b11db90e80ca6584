package linekeeper.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/// Tells whether somebody or something is on this machine.
final class Loopback {
    private static final Pattern HOST =
            Pattern.compile(
                    "(localhost|127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}|\\[::1])(:[0-9]+)?",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern ORIGIN_SCHEME = Pattern.compile("https?://");

    private Loopback() {}

    /// Whether a listener on this host hears nobody but this machine.
    static boolean isHost(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host))
                    .allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    static boolean isPeer(ServerRequest request) {
        return request.remotePeer().address() instanceof InetSocketAddress peer
                && peer.getAddress().isLoopbackAddress();
    }

    /// Whether the request names this machine as its host, and comes from no page of elsewhere.
    static boolean isAddressed(ServerRequest request) {
        boolean here =
                request.headers()
                        .first(HeaderNames.HOST)
                        .filter(host -> HOST.matcher(host).matches())
                        .isPresent();
        return here
                && request.headers().first(HeaderNames.ORIGIN).map(Loopback::isOrigin).orElse(true);
    }

    private static boolean isOrigin(String origin) {
        String host = ORIGIN_SCHEME.matcher(origin).replaceFirst("");
        return HOST.matcher(host).matches();
    }
}
