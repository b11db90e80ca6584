package linekeeper.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import jakarta.json.JsonValue;

import linekeeper.application.RecordLine;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.InvalidValue;
import linekeeper.domain.call.Spoken;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/// Takes in what is said in a call, one line at a time, from a tool of the agent (C3 to C5). Its token
/// belongs to the service, so it may name any account's call; see [RecordLine] for one that names no
/// account.
final class TranscriptHook implements HttpService {
    private static final String SCHEME = "Bearer ";
    private static final Set<String> ROLES = Set.of("user", "agent", "assistant");
    private static final int LONGEST = 20_000;
    private static final String[] CALL = {"call_sid", "call_id"};
    private static final String[] MESSAGE = {"message", "text"};

    private final Api api;
    private final @Nullable String token;

    TranscriptHook(Api api, ApiSettings settings) {
        this.api = api;
        this.token = settings.toolToken();
    }

    @Override
    public void routing(HttpRules rules) {
        api.routes().at(rules).post("/webhooks/elevenlabs/transcript", this::hear);
    }

    private void hear(ServerRequest request, ServerResponse response) {
        requireToken(request);
        switch (record(api.fields(request))) {
            case RecordLine.Taken() -> Reply.ok(response, JsonValue.EMPTY_JSON_OBJECT);
            case RecordLine.NoSuchCall() -> throw bad("Call record not found");
            case RecordLine.NeverConversed() ->
                    throw bad("The call is over and never had a conversation");
            case RecordLine.Ambiguous() ->
                    throw new InvalidValue(
                            "account_id", "is required: several accounts have a call of this id");
            case RecordLine.Full() ->
                    throw Problem.of(Status.CONFLICT_409, "The transcript takes no more lines")
                            .asException();
        }
    }

    private void requireToken(ServerRequest request) {
        boolean right =
                request.headers()
                        .first(HeaderNames.AUTHORIZATION)
                        .filter(sent -> sent.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                        .map(sent -> sent.substring(SCHEME.length()).strip())
                        .filter(sent -> token != null && ProviderWebhooks.same(token, sent))
                        .isPresent();
        if (!right) {
            throw Problem.of(Status.UNAUTHORIZED_401, "Wrong tool token")
                    .withHeader("WWW-Authenticate", "Bearer")
                    .asException();
        }
    }

    private RecordLine.Recorded record(Fields fields) {
        CallId call = fields.value(CallId::new, CALL);
        AccountId account = fields.value(AccountId::new, "account_id");
        Spoken line = line(fields);
        if (!fields.has(CALL)) {
            fields.missing("call_sid", "call_sid is required");
        }
        fields.refuseIfWrong();
        RecordLine lines = api.services().engine().recordLine();
        CallId known = Objects.requireNonNull(call);
        return account == null
                ? lines.record(known, line)
                : lines.record(new CallKey(account, known), line);
    }

    /// Of what is wrong the fields know.
    private Spoken line(Fields fields) {
        String role = fields.value(TranscriptHook::role, "role");
        String message = fields.value(TranscriptHook::message, MESSAGE);
        Instant at = fields.instant("at");
        if (!fields.has("role")) {
            fields.missing("role", "role is required");
        }
        if (!fields.has(MESSAGE)) {
            fields.missing("message", "message is required");
        }
        return new Spoken(
                role == null ? "" : role,
                message == null ? "" : message,
                at == null ? api.services().clock().instant() : at);
    }

    private static String role(String text) {
        if (!ROLES.contains(text.toLowerCase(Locale.ROOT))) {
            throw new InvalidValue("role", "must be agent or user");
        }
        return text;
    }

    private static String message(String text) {
        if (text.isBlank() || text.length() > LONGEST) {
            throw new InvalidValue("message", "must be 1 to " + LONGEST + " characters");
        }
        return text;
    }

    private static ProblemException bad(String detail) {
        return Problem.of(Status.BAD_REQUEST_400, detail).asException();
    }
}
