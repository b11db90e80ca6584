package linekeeper.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What the README shows is what is answered: every request in it, one after the other, against a fresh
/// service. Compared are the fields and their order, for ids, times and chance differ.
final class ReadmeIT {
    private static final Pattern EXCHANGE =
            Pattern.compile(
                    "^\\$ curl -s (?:-X POST )?localhost:8080(?<path>/\\S+)"
                            + "(?: -H [^\\n]*\\\\\\n +-d '(?<body>[^']*)')?\\n(?<answer>\\{.*)$",
                    Pattern.MULTILINE);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path folder;

    @Test
    void showsWhatIsAnswered() throws Exception {
        List<MatchResult> exchanges = EXCHANGE.matcher(readme()).results().toList();
        assertThat(exchanges).as("every curl of it is understood").hasSize(curls());

        try (ServiceProcess service = ServiceProcess.start(everybodyAnswers())) {
            for (MatchResult exchange : exchanges) {
                String path = exchange.group("path");
                awaitEnd(service, path);
                assertThat(shape(answer(service, exchange)))
                        .as(path)
                        .isEqualTo(shape(parsed(exchange.group("answer"))));
            }
        }
    }

    private static String readme() throws Exception {
        return Files.readString(Path.of("..", "README.md"));
    }

    private static int curls() throws Exception {
        return (int) readme().lines().filter(line -> line.startsWith("$ curl")).count();
    }

    private Map<String, String> everybodyAnswers() {
        return Map.of(
                "LINEKEEPER_DATA", folder.toString(),
                "LINEKEEPER_SIMULATED_ANSWERRATE", "1",
                "LINEKEEPER_SIMULATED_DURATION", "PT6S");
    }

    /// "Some seconds later".
    private static void awaitEnd(ServiceProcess service, String path) throws Exception {
        if (path.equals("/api/calls/call-001")) {
            Until.holds(
                    PATIENCE,
                    "the call is over",
                    () -> service.get("default", path).body().contains("\"completed\""));
        }
    }

    private static JsonValue answer(ServiceProcess service, MatchResult exchange) throws Exception {
        String path = exchange.group("path");
        String body = exchange.group("body");
        boolean asks = body == null && !path.endsWith("/cancel");
        return parsed(
                asks
                        ? service.get("default", path).body()
                        : service.post("default", path, body == null ? "" : body).body());
    }

    private static JsonValue parsed(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readValue();
        }
    }

    /// The fields' names, all the way down.
    private static String shape(JsonValue json) {
        return switch (json) {
            case JsonObject object ->
                    object.entrySet().stream()
                            .map(field -> field.getKey() + shape(field.getValue()))
                            .toList()
                            .toString();
            case JsonArray array -> array.stream().map(ReadmeIT::shape).toList().toString();
            default -> "";
        };
    }
}
