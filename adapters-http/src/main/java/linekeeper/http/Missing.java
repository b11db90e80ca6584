package linekeeper.http;

import io.helidon.http.Status;

/// What is asked for is not there, or another account's.
final class Missing {
    private Missing() {}

    static ProblemException call() {
        return of("Call not found");
    }

    static ProblemException account() {
        return of("Account not found");
    }

    static ProblemException webhook() {
        return of("There is no webhook");
    }

    static ProblemException notification() {
        return of("Notification not found");
    }

    static ProblemException contact() {
        return of("Contact not found");
    }

    static ProblemException job() {
        return of("There is no dead job of this number");
    }

    static ProblemException agent() {
        return of("Agent not found");
    }

    static ProblemException campaign() {
        return of("Campaign not found");
    }

    static ProblemException key() {
        return of("Key not found");
    }

    /// It was, and its id stays taken.
    static ProblemException hidden() {
        return Problem.of(Status.GONE_410, "The call was deleted; its timeline is kept")
                .asException();
    }

    private static ProblemException of(String detail) {
        return Problem.of(Status.NOT_FOUND_404, detail).asException();
    }
}
