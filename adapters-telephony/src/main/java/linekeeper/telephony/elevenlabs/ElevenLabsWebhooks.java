package linekeeper.telephony.elevenlabs;

import jakarta.json.JsonObject;

import linekeeper.application.port.WebhookReader;
import linekeeper.telephony.exchange.Tolerant;
import linekeeper.telephony.exchange.Wording;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/// ElevenLabs' events: the end of a conversation with its transcript, and a call that could not be begun.
/// Every other one is taken and passed over, so that a new one does not make ElevenLabs turn the webhook
/// off. Without a secret nothing is believed. Thread-safe.
public final class ElevenLabsWebhooks implements WebhookReader {
    private static final int LONGEST_TYPE = 64;

    private final ElevenLabsSignature signature;
    private final ElevenLabsReports reports;

    public ElevenLabsWebhooks(ElevenLabsSettings settings) {
        this.signature = new ElevenLabsSignature(settings.webhookSecrets());
        this.reports = new ElevenLabsReports(settings);
    }

    @Override
    public Reading read(Posted posted, Instant now) {
        byte[] body = posted.body();
        String header = posted.header("elevenlabs-signature").orElse(null);
        Optional<String> complaint = signature.complaint(header, body, now);
        return complaint.isPresent() ? new Forged(complaint.get()) : genuine(body);
    }

    private Reading genuine(byte[] body) {
        return Tolerant.object(new String(body, StandardCharsets.UTF_8))
                .map(this::event)
                .orElseGet(() -> new Unreadable("Not a JSON object"));
    }

    private Reading event(JsonObject event) {
        JsonObject data = Tolerant.object(event, "data");
        String type = Tolerant.text(event, "type");
        return switch (type) {
            case null -> new Unreadable("An event without a type");
            case "post_call_transcription" -> Reading.of(reports.conversation(data));
            case "call_initiation_failure" -> Reading.of(ElevenLabsReports.notBegun(data));
            default -> new Ignored(Wording.cut(type, LONGEST_TYPE).replaceAll("\\p{Cntrl}", "?"));
        };
    }
}
