package linekeeper.telephony.twilio.fake;

import com.sun.net.httpserver.HttpExchange;

import jakarta.json.Json;

import linekeeper.telephony.fake.FakeServer;

import java.io.IOException;

/// How Twilio complains.
final class Replies {
    private Replies() {}

    static void error(HttpExchange exchange, int status, int code, String message)
            throws IOException {
        FakeServer.answer(
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
}
