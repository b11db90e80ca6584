package linekeeper.telephony.elevenlabs;

import linekeeper.telephony.exchange.Exchange;
import linekeeper.telephony.exchange.Exchanger;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

/// ElevenLabs' endpoints, one method each.
final class ElevenLabsApi {
    private static final String CONVERSATIONS = "/v1/convai/conversations";

    private final ElevenLabsSettings settings;
    private final Exchanger exchanger;

    ElevenLabsApi(ElevenLabsSettings settings, Exchanger exchanger) {
        this.settings = settings;
        this.exchanger = exchanger;
    }

    Exchange createCall(String json) {
        return exchanger.send(
                request(settings.trunk().createPath())
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build());
    }

    Exchange conversation(String id) {
        return exchanger.send(request(CONVERSATIONS + "/" + encoded(id)).GET().build());
    }

    /// @param query the list's parameters, encoded
    Exchange conversations(String query) {
        return exchanger.send(request(CONVERSATIONS + "?" + query).GET().build());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base(settings) + path));
        String key = settings.apiKey();
        return key == null ? request : request.header("xi-api-key", key);
    }

    /// Where a conversation can be heard, by whoever has the API key.
    static String audio(ElevenLabsSettings settings, String conversation) {
        return base(settings) + CONVERSATIONS + "/" + encoded(conversation) + "/audio";
    }

    private static String base(ElevenLabsSettings settings) {
        return settings.url().toString().replaceAll("/+$", "");
    }

    static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
