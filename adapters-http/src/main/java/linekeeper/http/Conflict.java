package linekeeper.http;

import io.helidon.http.Status;

import linekeeper.application.AcceptCall.Contradicts;
import linekeeper.application.AcceptCall.NumberTaken;

import java.util.List;
import java.util.Map;

/// What is asked contradicts what there is.
final class Conflict {
    private Conflict() {}

    static ProblemException of(String detail) {
        return Problem.of(Status.CONFLICT_409, detail).asException();
    }

    /// Another call is under way to the number, and the account wants no two (E4).
    static ProblemException of(NumberTaken taken) {
        String other = taken.other().value();
        return Problem.of(
                        Status.CONFLICT_409,
                        "phone_number is being called already by call " + other,
                        List.of(new FieldError("phone_number", "is being called already")))
                .with(Map.of("call_id", other))
                .asException();
    }

    /// The id is taken by a call with other content (A4).
    static ProblemException of(Contradicts contradiction) {
        List<FieldError> errors =
                contradiction.fields().stream()
                        .map(field -> new FieldError(field, "differs from the accepted call's"))
                        .toList();
        String fields = String.join(", ", contradiction.fields());
        return Problem.of(
                        Status.CONFLICT_409,
                        "A call with this id was accepted with other content: " + fields,
                        errors)
                .with(Map.of("call_id", contradiction.call().key().call().value()))
                .asException();
    }
}
