package linekeeper.http;

import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import jakarta.json.JsonObject;

import linekeeper.application.IssueKeys.IssuedKey;
import linekeeper.domain.AccountId;

/// Issues and revokes an account's keys (I3).
final class AdminKeys implements HttpService {
    private static final String KEYS = "/api/admin/accounts/{account_id}/keys";

    private final Api api;
    private final ApiServices.Access access;

    AdminKeys(Api api) {
        this.api = api;
        this.access = api.services().access();
    }

    @Override
    public void routing(HttpRules rules) {
        api.routes()
                .at(rules)
                .post(KEYS, this::issue)
                .on(Method.DELETE, KEYS + "/{key_id}", this::revoke);
    }

    private void issue(ServerRequest request, ServerResponse response) {
        api.caller(request).requireAdmin();
        boolean admin = api.body().optionalJson(request).map(AdminKeys::admin).orElse(false);
        IssuedKey key =
                access.issueKeys().issue(account(request), admin).orElseThrow(Missing::account);
        Reply.json(
                response,
                Status.CREATED_201,
                new Members().text("key", key.secret()).text("key_id", key.keyId()).build());
    }

    private void revoke(ServerRequest request, ServerResponse response) {
        api.caller(request).requireAdmin();
        if (!access.keys().revoke(account(request), Api.path(request, "key_id"))) {
            throw Missing.key();
        }
        response.status(Status.NO_CONTENT_204).send();
    }

    private static boolean admin(JsonObject body) {
        Fields fields = new Fields(body);
        Boolean admin = fields.flag("admin");
        fields.refuseIfWrong();
        return admin != null && admin;
    }

    private static AccountId account(ServerRequest request) {
        return new AccountId(Api.path(request, "account_id"));
    }
}
