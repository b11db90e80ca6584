package linekeeper.telephony.elevenlabs;

import jakarta.json.JsonObject;

import linekeeper.application.port.StopResult;
import linekeeper.telephony.exchange.Exchange;
import linekeeper.telephony.exchange.Tolerant;

import org.jspecify.annotations.Nullable;

/// Ends a call where its carrier can: ElevenLabs' API has no route for it. Whatever keeps it from being
/// asked of the carrier is told as it is, for nothing was asked then.
final class ElevenLabsHangUp {
    private static final int NOT_FOUND = 404;

    private final ElevenLabsApi api;
    private final Trunk trunk;
    private final @Nullable CarrierHangUp carrier;

    ElevenLabsHangUp(ElevenLabsApi api, Trunk trunk, @Nullable CarrierHangUp carrier) {
        this.api = api;
        this.trunk = trunk;
        this.carrier = carrier;
    }

    StopResult hangUp(String conversation) {
        if (trunk == Trunk.SIP) {
            return cannot("only the SIP trunk's vendor can end its calls");
        }
        return carrier == null
                ? cannot(
                        "the Twilio account that owns the number can, once"
                                + " LINEKEEPER_TWILIO_ACCOUNTSID and _AUTHTOKEN are set")
                : hangUp(api.conversation(conversation), carrier);
    }

    private static StopResult hangUp(Exchange exchange, CarrierHangUp carrier) {
        return switch (exchange) {
            case Exchange.Answered answer when answer.successful() ->
                    Tolerant.object(answer.body())
                            .map(conversation -> hangUp(conversation, carrier))
                            .orElseGet(() -> cannot("its answer cannot be read"));
            case Exchange.Answered answer when answer.status() == NOT_FOUND ->
                    cannot("it does not know the call");
            case Exchange.Answered answer -> silent("HTTP " + answer.status());
            case Exchange.NotSent(String cause) -> silent(cause);
            case Exchange.Lost(String cause) -> silent(cause);
        };
    }

    private static StopResult hangUp(JsonObject conversation, CarrierHangUp carrier) {
        String sid = Tolerant.text(Conversation.phoneCall(conversation), "call_sid");
        return sid == null
                ? cannot("it does not tell Twilio's id of the call; try again")
                : carrier.hangUp(sid);
    }

    private static StopResult silent(String cause) {
        return cannot("it does not tell Twilio's id of the call (" + cause + "); try again");
    }

    private static StopResult cannot(String why) {
        return new StopResult.Impossible("ElevenLabs cannot end a call over its API: " + why);
    }
}
