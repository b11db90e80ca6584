package linekeeper.http;

import static linekeeper.http.JsonParts.JSON;

import io.helidon.http.Status;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

import java.util.List;
import java.util.Map;

/// An error answer as RFC 9457 wants it.
///
/// @param detail for people; nothing of the service's inside, nothing the caller sent
/// @param errors the fields that are wrong; empty: it is not about fields
/// @param more further members of the answer
/// @param headers what the answer's head says besides
record Problem(
        Status status,
        String detail,
        List<FieldError> errors,
        Map<String, String> more,
        Map<String, String> headers) {
    static final String MEDIA_TYPE = "application/problem+json";

    Problem {
        errors = List.copyOf(errors);
        more = Map.copyOf(more);
        headers = Map.copyOf(headers);
    }

    static Problem of(Status status, String detail) {
        return new Problem(status, detail, List.of(), Map.of(), Map.of());
    }

    static Problem of(Status status, String detail, List<FieldError> errors) {
        return new Problem(status, detail, errors, Map.of(), Map.of());
    }

    Problem with(Map<String, String> members) {
        return new Problem(status, detail, errors, members, headers);
    }

    Problem withHeader(String name, String value) {
        return new Problem(status, detail, errors, more, Map.of(name, value));
    }

    ProblemException asException() {
        return new ProblemException(this);
    }

    JsonObject json() {
        JsonObjectBuilder json =
                JSON.createObjectBuilder()
                        .add("type", "about:blank")
                        .add("title", status.reasonPhrase())
                        .add("status", status.code())
                        .add("detail", detail);
        more.forEach(json::add);
        if (!errors.isEmpty()) {
            json.add("errors", errorList());
        }
        return json.build();
    }

    private JsonArrayBuilder errorList() {
        JsonArrayBuilder list = JSON.createArrayBuilder();
        for (FieldError error : errors) {
            list.add(
                    JSON.createObjectBuilder()
                            .add("field", error.field())
                            .add("message", error.message()));
        }
        return list;
    }
}
