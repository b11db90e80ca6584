package linekeeper.telephony.bolna;

import linekeeper.telephony.exchange.Exchange;
import linekeeper.telephony.exchange.Exchanger;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

/// Bolna's endpoints, one method each.
final class BolnaApi {
    private final BolnaSettings settings;
    private final Exchanger exchanger;

    BolnaApi(BolnaSettings settings, Exchanger exchanger) {
        this.settings = settings;
        this.exchanger = exchanger;
    }

    Exchange createCall(String json) {
        return post("/call", json);
    }

    Exchange stopCall(String execution) {
        return post("/call/" + encoded(execution) + "/stop", "");
    }

    Exchange execution(String id) {
        return get("/executions/" + encoded(id));
    }

    /// @param query the list's parameters, encoded
    Exchange executions(String agent, String query) {
        return get("/v2/agent/" + encoded(agent) + "/executions?" + query);
    }

    private Exchange get(String path) {
        return exchanger.send(request(path).GET().build());
    }

    private Exchange post(String path, String json) {
        return exchanger.send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build());
    }

    private HttpRequest.Builder request(String path) {
        String base = settings.url().toString().replaceAll("/+$", "");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        String key = settings.apiKey();
        return key == null ? request : request.header("Authorization", "Bearer " + key);
    }

    static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
