package linekeeper.http;

import static linekeeper.http.JsonParts.JSON;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;

import linekeeper.application.port.Transcripts;
import linekeeper.domain.CallKey;
import linekeeper.domain.InvalidValue;
import linekeeper.domain.call.Transcript;

import java.util.regex.Pattern;

/// Shows what was said in a call (C4): the lines themselves, for a transcript is mostly wanted whole.
/// `?after=` goes on behind a line, for one of more attempts than one answer holds.
final class CallTranscript implements HttpService {
    private static final Pattern SEQUENCE = Pattern.compile("[0-9]{1,9}");

    private final Api api;
    private final ApiServices.Records records;

    CallTranscript(Api api) {
        this.api = api;
        this.records = api.services().records();
    }

    @Override
    public void routing(HttpRules rules) {
        api.routes().at(rules).get("/api/calls/{call_id}/transcript", this::show);
    }

    private void show(ServerRequest request, ServerResponse response) {
        CallKey key = api.caller(request).key(Api.path(request, "call_id"));
        if (records.calls().find(key).isEmpty()) {
            throw Missing.call();
        }
        Integer after = new Query(request).value("after", CallTranscript::sequence);
        JsonArrayBuilder lines = JSON.createArrayBuilder();
        records.transcripts()
                .of(key, after == null ? 0 : after, Transcript.MOST_LINES)
                .forEach(line -> lines.add(json(line)));
        Reply.ok(response, lines.build());
    }

    private static JsonObject json(Transcripts.Line line) {
        return new Members()
                .number("sequence", line.sequence())
                .text("role", line.spoken().role())
                .text("text", line.spoken().text())
                .text("at", line.spoken().at())
                .build();
    }

    private static Integer sequence(String text) {
        if (!SEQUENCE.matcher(text).matches()) {
            throw new InvalidValue("after", "must be a line's sequence number, or 0");
        }
        return Integer.valueOf(text);
    }
}
