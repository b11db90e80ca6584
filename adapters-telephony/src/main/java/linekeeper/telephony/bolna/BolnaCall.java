package linekeeper.telephony.bolna;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

import linekeeper.application.port.DialOrder;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.call.CallRequest;
import linekeeper.telephony.exchange.Tolerant;

import org.jspecify.annotations.Nullable;

/// The body of `POST /call`. Bolna must not dial again on its own, so its retries are always off.
final class BolnaCall {
    private BolnaCall() {}

    static String json(DialOrder order, String agent, @Nullable String defaultFrom) {
        CallRequest request = order.request();
        JsonObjectBuilder call =
                Json.createObjectBuilder()
                        .add("agent_id", agent)
                        .add("recipient_phone_number", request.recipient().phone().value());
        PhoneNumber from = order.line().from();
        String shown = from == null ? defaultFrom : from.value();
        if (shown != null) {
            call.add("from_phone_number", shown);
        }
        return call.add("user_data", userData(order))
                .add("retry_config", Json.createObjectBuilder().add("enabled", false))
                .build()
                .toString();
    }

    /// The caller's own object with our ids, which it cannot overwrite.
    private static JsonObject userData(DialOrder order) {
        JsonObject own = Tolerant.object(order.request().userData().json()).orElseThrow();
        JsonObjectBuilder data = Json.createObjectBuilder(own);
        String name = order.request().recipient().name();
        if (name != null && !own.containsKey("name")) {
            data.add("name", name);
        }
        return data.add("call_id", order.key().call().value())
                .add("account_id", order.key().account().value())
                .add("attempt", order.attempt())
                .build();
    }
}
