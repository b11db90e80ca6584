package linekeeper.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;

import linekeeper.application.IssueKeys;
import linekeeper.domain.AccountId;
import linekeeper.domain.InvalidValue;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// Finds out who asks (I3): by bearer key; or, as long as there is no key at all, by being on this
/// machine. Thread-safe.
final class Authentication {
    private static final HeaderName ACCOUNT = HeaderNames.create("X-Account-Id");
    private static final String SCHEME = "Bearer ";

    private final ApiServices.Access access;
    private final @Nullable String adminKeyHash;
    private final boolean loopbackOnly;

    Authentication(ApiServices.Access access, @Nullable String adminKey, boolean loopbackOnly) {
        this.access = access;
        this.adminKeyHash = adminKey == null ? null : IssueKeys.hash(adminKey);
        this.loopbackOnly = loopbackOnly;
    }

    /// @throws ProblemException 401 if nobody is known by that key, 403 if the account is another's,
    ///     404 if an administrator asks for one that is not there
    Caller callerOf(ServerRequest request) {
        Caller holder =
                request.headers()
                        .first(HeaderNames.AUTHORIZATION)
                        .map(this::holder)
                        .orElseGet(() -> withoutKey(request));
        return request.headers()
                .first(ACCOUNT)
                .map(Authentication::accountNamed)
                .filter(wanted -> !wanted.equals(holder.account()))
                .map(wanted -> actingFor(holder, wanted))
                .orElse(holder);
    }

    private Caller holder(String authorization) {
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw unknown();
        }
        String hash = IssueKeys.hash(authorization.substring(SCHEME.length()).strip());
        return isAdminKey(hash)
                ? new Caller(AccountId.DEFAULT, true)
                : access.keys()
                        .find(hash)
                        .map(key -> new Caller(key.account(), key.admin()))
                        .orElseThrow(Authentication::unknown);
    }

    private boolean isAdminKey(String hash) {
        return adminKeyHash != null && MessageDigest.isEqual(bytes(adminKeyHash), bytes(hash));
    }

    /// A page in a browser on this machine is no friend: it reaches loopback too, under another host
    /// name or with its own origin.
    private Caller withoutKey(ServerRequest request) {
        boolean trusted =
                loopbackOnly
                        && adminKeyHash == null
                        && Loopback.isAddressed(request)
                        && !access.keys().any();
        if (!trusted) {
            throw unknown();
        }
        return new Caller(AccountId.DEFAULT, true);
    }

    private static AccountId accountNamed(String header) {
        try {
            return new AccountId(header);
        } catch (InvalidValue invalid) {
            throw new InvalidValue(ACCOUNT.defaultCase(), invalid.rule());
        }
    }

    private Caller actingFor(Caller holder, AccountId wanted) {
        if (!holder.admin()) {
            throw Problem.of(Status.FORBIDDEN_403, "This key belongs to another account")
                    .asException();
        }
        if (access.accounts().find(wanted).isEmpty()) {
            throw Missing.account();
        }
        return new Caller(wanted, true);
    }

    private static ProblemException unknown() {
        return Problem.of(Status.UNAUTHORIZED_401, "Send a valid key: Authorization: Bearer <key>")
                .withHeader("WWW-Authenticate", "Bearer")
                .asException();
    }

    private static byte[] bytes(String hash) {
        return hash.getBytes(StandardCharsets.US_ASCII);
    }
}
