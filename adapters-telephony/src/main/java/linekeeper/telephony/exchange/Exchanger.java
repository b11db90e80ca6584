package linekeeper.telephony.exchange;

import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLHandshakeException;

/// Sends one request and tells apart what matters for a dial: answered, certainly not sent, perhaps
/// received. Never sends a POST twice, follows no redirect, reads a bounded body, and waits no longer
/// than its time-out for all of it. Thread-safe.
public final class Exchanger implements AutoCloseable {
    /// A long conversation with the measurements of each of its turns takes some mebibytes.
    private static final long LARGEST_BODY = 8 << 20;

    private final HttpClient client;
    private final Duration timeout;

    /// @param timeout of a whole exchange; half of it is for connecting
    public Exchanger(Duration timeout) {
        this.timeout = timeout;
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(timeout.dividedBy(2))
                        .build();
    }

    public Exchange send(HttpRequest request) {
        BodyHandler<String> body = BodyHandlers.limiting(BodyHandlers.ofString(), LARGEST_BODY);
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request, body);
        try {
            HttpResponse<String> response = answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return new Exchange.Answered(response.statusCode(), response.body());
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new Exchange.Lost("no answer within " + timeout);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return new Exchange.Lost("interrupted");
        } catch (ExecutionException e) {
            return failed(e.getCause() == null ? e : e.getCause());
        }
    }

    private static Exchange failed(Throwable failure) {
        String cause = failure.getClass().getSimpleName();
        boolean neverConnected =
                failure instanceof ConnectException
                        || failure instanceof HttpConnectTimeoutException
                        || failure instanceof SSLHandshakeException;
        return neverConnected ? new Exchange.NotSent(cause) : new Exchange.Lost(cause);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
