package linekeeper.http;

import io.helidon.http.Status;

import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;

/// Who asks, and for which account.
///
/// @param admin may do what concerns other accounts
record Caller(AccountId account, boolean admin) {
    CallKey key(String callId) {
        return new CallKey(account, new CallId(callId));
    }

    Caller requireAdmin() {
        if (!admin) {
            throw Problem.of(Status.FORBIDDEN_403, "This needs an admin key").asException();
        }
        return this;
    }
}
