package linekeeper.telephony.twilio.fake;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/// One request; the fragment of the URL is neither sent nor signed.
public record SignedCallback(String url, Map<String, String> form) {
    public String body() {
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    public String signature() {
        return Signatures.of(FakeTwilio.AUTH_TOKEN, url, form);
    }

    /// Sends it to the same path and query at `base`, as a proxy would; null: the URL as it is.
    public int post(@Nullable String base) throws IOException, InterruptedException {
        return post(base, signature());
    }

    /// With a signature that is perhaps none of Twilio's.
    public int post(@Nullable String base, String signature)
            throws IOException, InterruptedException {
        URI signed = URI.create(url);
        String target =
                base == null ? url : base + signed.getRawPath() + "?" + signed.getRawQuery();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(target))
                        .timeout(Duration.ofSeconds(15))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("X-Twilio-Signature", signature)
                        .header("I-Twilio-Idempotency-Token", "5e5d1e5f")
                        .POST(BodyPublishers.ofString(body()))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
