package linekeeper.http.results;

import linekeeper.application.port.ResultSender;
import linekeeper.domain.notice.Webhook;

import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Posts messages to customers' backends: one request each, signed, no redirect, no repetition, within a
/// time for all of it; of the answer no more than its head counts. Thread-safe.
public final class HttpResultSender implements ResultSender, AutoCloseable {
    private static final Logger LOG = System.getLogger(HttpResultSender.class.getName());
    private static final int MOST_READ = 16 * 1024;

    private final CloseableHttpClient client;
    private final ScheduledExecutorService deadlines;
    private final Duration timeout;

    /// @param deadlines ends what takes too long
    /// @param timeout of a whole exchange
    public HttpResultSender(
            AddressGuard guard, ScheduledExecutorService deadlines, Duration timeout) {
        this.client = GuardedClient.over(guard, timeout);
        this.deadlines = deadlines;
        this.timeout = timeout;
    }

    @Override
    public Sent send(Webhook webhook, Message message) {
        HttpPost post = post(webhook, message);
        Future<?> deadline =
                deadlines.schedule(post::cancel, timeout.toMillis(), TimeUnit.MILLISECONDS);
        try (ClassicHttpResponse response = client.executeOpen(host(webhook.url()), post, null)) {
            drain(post, response.getEntity());
            return answered(response, message.at());
        } catch (RefusedAddress e) {
            return new NotAnswered("the host " + RefusedAddress.WHY);
        } catch (IOException e) {
            return new NotAnswered(
                    post.isCancelled()
                            ? "no answer within " + timeout.toSeconds() + " s"
                            : "no answer: " + e.getClass().getSimpleName());
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "a message could not be sent", e);
            return new NotAnswered("could not be sent: " + e.getClass().getSimpleName());
        } finally {
            deadline.cancel(false);
        }
    }

    private static HttpPost post(Webhook webhook, Message message) {
        String body = ResultJson.of(message);
        String id = message.notice().id().text();
        Instant at = message.at();
        HttpPost post = new HttpPost(webhook.url());
        post.setHeader("webhook-id", id);
        post.setHeader("webhook-timestamp", Long.toString(at.getEpochSecond()));
        post.setHeader(
                "webhook-signature", Signatures.of(webhook.secrets().valid(at), id, at, body));
        post.setEntity(
                new ByteArrayEntity(
                        body.getBytes(StandardCharsets.UTF_8), ContentType.APPLICATION_JSON));
        return post;
    }

    private static HttpHost host(URI url) {
        return new HttpHost(url.getScheme(), url.getHost(), url.getPort());
    }

    /// Reads a little, so that the connection can be used again; one that has more to say is given up.
    private static void drain(HttpPost post, @Nullable HttpEntity body) {
        if (body == null) {
            return;
        }
        try (InputStream in = body.getContent()) {
            if (in != null && in.readNBytes(MOST_READ).length == MOST_READ) {
                post.cancel();
            }
        } catch (IOException e) {
            // The head has said it all.
            LOG.log(Level.TRACE, "an answer's body broke off", e);
        }
    }

    private static Answered answered(ClassicHttpResponse response, Instant now) {
        Header retryAfter = response.getFirstHeader("Retry-After");
        return new Answered(
                response.getCode(),
                RetryAfter.of(retryAfter == null ? null : retryAfter.getValue(), now));
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }
}
