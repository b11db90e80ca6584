package linekeeper.http;

import io.helidon.common.socket.SocketOptions;

import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// The sockets of accepted connections: no waiting for acknowledgements, and no waiting for ever for a
/// silent sender. Helidon has a setting for the latter and never applies it to a server's sockets, so
/// that a body that stops half way would keep its place among the running requests for good.
final class PatientSockets implements SocketOptions {
    // An answer that Helidon writes in parts would wait 40 ms for the first part's acknowledgement.
    private final SocketOptions plain = SocketOptions.builder().tcpNoDelay(true).build();
    private final Duration patience;

    /// @param patience how long a connection may be silent
    PatientSockets(Duration patience) {
        this.patience = patience;
    }

    @Override
    public void configureSocket(Socket socket) {
        plain.configureSocket(socket);
        try {
            socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Map<SocketOption<?>, Object> socketOptions() {
        return plain.socketOptions();
    }

    @Override
    public Duration connectTimeout() {
        return plain.connectTimeout();
    }

    @Override
    public Duration readTimeout() {
        return patience;
    }

    @Override
    public Optional<Integer> socketReceiveBufferSize() {
        return plain.socketReceiveBufferSize();
    }

    @Override
    public Optional<Integer> socketSendBufferSize() {
        return plain.socketSendBufferSize();
    }

    @Override
    public boolean socketReuseAddress() {
        return plain.socketReuseAddress();
    }

    @Override
    public boolean socketKeepAlive() {
        return plain.socketKeepAlive();
    }

    @Override
    public boolean tcpNoDelay() {
        return plain.tcpNoDelay();
    }
}
