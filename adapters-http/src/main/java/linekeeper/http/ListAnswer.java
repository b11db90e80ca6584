package linekeeper.http;

import static linekeeper.http.JsonParts.JSON;

import io.helidon.webserver.http.ServerResponse;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Function;

/// One page of any list.
///
/// @param nextCursor null: this is the last page
record ListAnswer<T>(List<T> items, @Nullable String nextCursor) {
    void send(ServerResponse response, Function<T, JsonObject> writer) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        items.forEach(item -> array.add(writer.apply(item)));
        Reply.ok(
                response,
                new Members().put("items", array.build()).text("next_cursor", nextCursor).build());
    }
}
