package linekeeper.http.results;

import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

import java.time.Duration;

/// An HTTP client that connects only where a guard lets it, and does nothing on its own: no proxy, no
/// redirects, no repetitions, no cookies, no passwords.
final class GuardedClient {
    /// More than deliveries run at once, so that nobody waits for a connection.
    private static final int MOST_CONNECTIONS = 512;

    /// An idle connection's address is asked for anew after that long.
    private static final TimeValue LIFE = TimeValue.ofSeconds(30);

    private GuardedClient() {}

    /// @param timeout for connecting, and for every silence
    static CloseableHttpClient over(AddressGuard guard, Duration timeout) {
        return HttpClients.custom()
                .setConnectionManager(connections(guard, Timeout.of(timeout)))
                .setDefaultRequestConfig(
                        RequestConfig.custom()
                                .setConnectionRequestTimeout(Timeout.of(timeout))
                                .setResponseTimeout(Timeout.of(timeout))
                                .setRedirectsEnabled(false)
                                .setAuthenticationEnabled(false)
                                .setProtocolUpgradeEnabled(false)
                                .build())
                .setUserAgent("Linekeeper")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableConnectionState()
                .build();
    }

    private static HttpClientConnectionManager connections(AddressGuard guard, Timeout timeout) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(guard)
                .setMaxConnTotal(MOST_CONNECTIONS)
                .setMaxConnPerRoute(MOST_CONNECTIONS)
                .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                                .setConnectTimeout(timeout)
                                .setSocketTimeout(timeout)
                                .setTimeToLive(LIFE)
                                .setValidateAfterInactivity(TimeValue.ofMilliseconds(50))
                                .build())
                .build();
    }
}
