package linekeeper.http;

import linekeeper.domain.InvalidValue;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// How the API listens and whom it trusts.
///
/// @param host the address to listen on
/// @param port 0: any free one
/// @param adminKey a key that may do everything (`LINEKEEPER_ADMIN_KEY`); null: none
/// @param bolnaToken the secret part of Bolna's webhook path; null: no such webhook is accepted
/// @param toolToken the key of the hook that brings transcripts line by line
///     (`LINEKEEPER_ELEVENLABS_TOOLTOKEN`); null: no line is accepted
/// @param publicUrl under which the world reaches us, without a slash at its end
/// @param maxRequests answered at once, 1 or more; as many again wait for some seconds
/// @param drain how long running requests may take once the server stops
/// @param patience how long a connection may be silent, and a body may take
public record ApiSettings(
        String host,
        int port,
        @Nullable String adminKey,
        @Nullable String bolnaToken,
        @Nullable String toolToken,
        String publicUrl,
        int maxRequests,
        Duration drain,
        Duration patience) {
    private static final int MAX_PORT = 65_535;
    private static final int DEFAULT_MAX_REQUESTS = 2_000;
    private static final Duration DEFAULT_DRAIN = Duration.ofSeconds(20);

    /// Longer than clients commonly keep an idle connection, lest they use it while it is closed.
    private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(75);

    public ApiSettings {
        if (port < 0 || port > MAX_PORT) {
            throw new InvalidValue("port", "must be 0 to " + MAX_PORT);
        }
        if (maxRequests < 1) {
            throw new InvalidValue("max_requests", "must be at least 1");
        }
    }

    /// Without keys and tokens.
    public static ApiSettings on(String host, int port) {
        return new ApiSettings(
                host,
                port,
                null,
                null,
                null,
                "http://127.0.0.1:" + port,
                DEFAULT_MAX_REQUESTS,
                DEFAULT_DRAIN,
                DEFAULT_PATIENCE);
    }

    public ApiSettings withSecrets(@Nullable String admin, @Nullable String bolna) {
        return new ApiSettings(
                host, port, admin, bolna, toolToken, publicUrl, maxRequests, drain, patience);
    }

    public ApiSettings withToolToken(@Nullable String token) {
        return new ApiSettings(
                host, port, adminKey, bolnaToken, token, publicUrl, maxRequests, drain, patience);
    }

    public ApiSettings reachedUnder(String url) {
        return new ApiSettings(
                host, port, adminKey, bolnaToken, toolToken, url, maxRequests, drain, patience);
    }

    /// Without its secrets.
    @Override
    public String toString() {
        return "ApiSettings[" + host + ":" + port + "]";
    }
}
