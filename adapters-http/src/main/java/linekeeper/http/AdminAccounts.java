package linekeeper.http;

import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import jakarta.json.JsonObject;

import linekeeper.application.port.Accounts;
import linekeeper.domain.AccountId;
import linekeeper.domain.account.Account;

import java.util.List;
import java.util.Objects;

/// Sets accounts up.
final class AdminAccounts implements HttpService {
    private static final String ID = "account_id";

    private final Api api;
    private final Accounts accounts;

    AdminAccounts(Api api) {
        this.api = api;
        this.accounts = api.services().access().accounts();
    }

    @Override
    public void routing(HttpRules rules) {
        api.routes()
                .at(rules)
                .get("/api/admin/accounts", this::list)
                .post("/api/admin/accounts", this::create)
                .get("/api/admin/accounts/{account_id}", this::show)
                .on(Method.PATCH, "/api/admin/accounts/{account_id}", this::update);
    }

    private void create(ServerRequest request, ServerResponse response) {
        api.caller(request).requireAdmin();
        Fields fields = api.fields(request);
        if (!fields.has(ID)) {
            fields.missing(ID, ID + " is required");
        }
        AccountId id = fields.value(AccountId::new, ID);
        AccountFields settings = AccountFields.read(fields, api.services().engine().providers());
        fields.refuseIfWrong();
        Account account = settings.applyTo(Account.named(Objects.requireNonNull(id)));
        if (!accounts.create(account)) {
            throw Conflict.of("There is an account with this id");
        }
        Reply.json(response, Status.CREATED_201, json(account));
    }

    private void update(ServerRequest request, ServerResponse response) {
        api.caller(request).requireAdmin();
        Fields fields = api.fields(request);
        AccountFields settings = AccountFields.read(fields, api.services().engine().providers());
        fields.refuseIfWrong();
        Reply.ok(
                response,
                accounts.update(id(request), settings::applyTo)
                        .map(AdminAccounts::json)
                        .orElseThrow(Missing::account));
    }

    private void show(ServerRequest request, ServerResponse response) {
        api.caller(request).requireAdmin();
        Reply.ok(
                response,
                accounts.find(id(request)).map(AdminAccounts::json).orElseThrow(Missing::account));
    }

    private void list(ServerRequest request, ServerResponse response) {
        api.caller(request).requireAdmin();
        Query query = new Query(request);
        int limit = query.limit();
        AccountId after = query.value("cursor", text -> new AccountId(Cursors.open(text)));
        List<Account> found =
                accounts.list(after == null ? "" : after.value(), Page.oneMoreThan(limit));
        Page.of(found, limit, account -> Cursors.seal(account.id().value()))
                .send(response, AdminAccounts::json);
    }

    private static AccountId id(ServerRequest request) {
        return new AccountId(Api.path(request, ID));
    }

    private static JsonObject json(Account account) {
        return new Members()
                .text(ID, account.id())
                .text("name", account.name())
                .number("concurrency_limit", account.concurrencyLimit())
                .number("weight", account.weight())
                .put("credits", null)
                .text("provider", account.provider())
                .flag("deduplicate_numbers", account.deduplicateNumbers())
                .build();
    }
}
