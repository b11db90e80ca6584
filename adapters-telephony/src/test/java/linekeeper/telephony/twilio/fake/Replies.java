package linekeeper.telephony.twilio.fake;

import com.sun.net.httpserver.HttpExchange;

import jakarta.json.Json;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// How Twilio answers.
final class Replies {
    private Replies() {}

    static void error(HttpExchange exchange, int status, int code, String message)
            throws IOException {
        answer(
                exchange,
                status,
                Json.createObjectBuilder()
                        .add("code", code)
                        .add("message", message)
                        .add("more_info", "https://www.twilio.com/docs/errors/" + code)
                        .add("status", status)
                        .build()
                        .toString());
    }

    static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
