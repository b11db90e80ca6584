package linekeeper.telephony.elevenlabs;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;

import linekeeper.telephony.exchange.Exchange;
import linekeeper.telephony.exchange.Tolerant;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An error in any of ElevenLabs' four dialects: `detail` is a text, an object with a code, the same of
/// older days with a `status` alone, or the list of what is wrong with each field.
///
/// @param words its codes, in lower case: `rate_limit_error`, `concurrent_limit_exceeded`
record Complaint(List<String> words, String message) {
    private static final int MOST_FIELDS = 5;

    Complaint {
        words = List.copyOf(words);
    }

    static Complaint of(Exchange.Answered answer) {
        return Tolerant.object(answer.body())
                .map(Complaint::of)
                .filter(complaint -> !complaint.message.isBlank())
                .orElseGet(() -> new Complaint(List.of(), "HTTP " + answer.status()));
    }

    boolean names(String... codes) {
        return Arrays.stream(codes).anyMatch(words::contains);
    }

    private static Complaint of(JsonObject body) {
        return switch (body.get("detail")) {
            case JsonString text -> new Complaint(List.of(), text.getString());
            case JsonArray fields -> new Complaint(List.of(), wrongFields(fields));
            case JsonObject detail -> coded(detail);
            case null, default -> coded(body);
        };
    }

    private static Complaint coded(JsonObject error) {
        List<String> words =
                Stream.of("code", "status", "type")
                        .map(key -> Tolerant.text(error, key))
                        .filter(Objects::nonNull)
                        .map(word -> word.toLowerCase(Locale.ROOT))
                        .toList();
        String said = first(error, "message", "error");
        return new Complaint(words, said == null ? error.toString() : said);
    }

    private static @Nullable String first(JsonObject from, String... keys) {
        return Arrays.stream(keys)
                .map(key -> Tolerant.text(from, key))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /// As in `body.agent_phone_number_id: Field required`. The input that came with it is left out: it
    /// is the person's number as likely as not.
    private static String wrongFields(JsonArray fields) {
        return fields.stream()
                .filter(JsonObject.class::isInstance)
                .map(field -> wrongField(field.asJsonObject()))
                .limit(MOST_FIELDS)
                .collect(Collectors.joining("; "));
    }

    private static String wrongField(JsonObject field) {
        String said = Tolerant.text(field, "msg");
        String path =
                field.get("loc") instanceof JsonArray steps
                        ? steps.stream().map(Complaint::step).collect(Collectors.joining("."))
                        : "";
        return path + ": " + (said == null ? "not valid" : said);
    }

    private static String step(JsonValue step) {
        return step instanceof JsonString name ? name.getString() : step.toString();
    }
}
