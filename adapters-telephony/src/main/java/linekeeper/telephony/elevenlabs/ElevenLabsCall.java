package linekeeper.telephony.elevenlabs;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;

import linekeeper.application.port.DialOrder;
import linekeeper.telephony.exchange.Tolerant;

/// The body of a create. Our call id is the `user_id`, which the list of conversations can be asked for;
/// account and attempt, which tell equal ids apart, travel with it as dynamic variables and come back
/// with the conversation.
final class ElevenLabsCall {
    static final String CALL = "call_id";
    static final String ACCOUNT = "account_id";
    static final String ATTEMPT = "attempt";

    /// Names that ElevenLabs keeps for itself.
    private static final String RESERVED = "system__";

    private ElevenLabsCall() {}

    static String json(DialOrder order, String agent, String phoneNumberId) {
        JsonObjectBuilder client =
                Json.createObjectBuilder()
                        .add("user_id", order.key().call().value())
                        .add("dynamic_variables", variables(order));
        return Json.createObjectBuilder()
                .add("agent_id", agent)
                .add("agent_phone_number_id", phoneNumberId)
                .add("to_number", order.request().recipient().phone().value())
                .add("conversation_initiation_client_data", client)
                .build()
                .toString();
    }

    /// What of the caller's own object can be a variable, with our ids, which it cannot overwrite.
    private static JsonObject variables(DialOrder order) {
        JsonObjectBuilder variables = Json.createObjectBuilder();
        String name = order.request().recipient().name();
        if (name != null) {
            variables.add("customer_name", name).add("name", name);
        }
        Tolerant.object(order.request().userData().json())
                .orElseThrow()
                .forEach(
                        (key, value) -> {
                            if (canBeVariable(key, value)) {
                                variables.add(key, value);
                            }
                        });
        return variables
                .add(CALL, order.key().call().value())
                .add(ACCOUNT, order.key().account().value())
                .add(ATTEMPT, order.attempt())
                .build();
    }

    private static boolean canBeVariable(String name, JsonValue value) {
        return !name.startsWith(RESERVED)
                && switch (value.getValueType()) {
                    case STRING, NUMBER, TRUE, FALSE -> true;
                    case ARRAY, OBJECT, NULL -> false;
                };
    }
}
