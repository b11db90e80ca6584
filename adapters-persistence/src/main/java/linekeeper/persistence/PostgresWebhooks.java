package linekeeper.persistence;

import linekeeper.application.port.Webhooks;
import linekeeper.domain.AccountId;
import linekeeper.domain.notice.NoticeType;
import linekeeper.domain.notice.SigningSecrets;
import linekeeper.domain.notice.SigningSecrets.Retired;
import linekeeper.domain.notice.Webhook;
import linekeeper.domain.notice.Webhook.Disabled;
import linekeeper.domain.notice.WebhookSecret;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// The webhooks. Changes of one account's happen under the lock of its account's row, for a webhook that
/// is not there yet has no row to lock.
final class PostgresWebhooks implements Webhooks {
    private static final String EVENT_SEPARATOR = " ";

    private final Database database;

    PostgresWebhooks(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Webhook> find(AccountId account) {
        Sql find =
                Sql.of(
                                """
                                SELECT *, array_to_string(events, ' ') AS event_names
                                FROM webhooks WHERE account_id = :account
                                """)
                        .with("account", account.value());
        return database.queryOne(find, PostgresWebhooks::webhook);
    }

    @Override
    public Webhook put(AccountId account, Function<Optional<Webhook>, Webhook> change) {
        return database.inTransaction(
                () -> {
                    lock(account);
                    return store(change.apply(find(account)));
                });
    }

    @Override
    public Optional<Webhook> update(AccountId account, UnaryOperator<Webhook> change) {
        return database.inTransaction(
                () -> {
                    lock(account);
                    return find(account).map(change).map(this::store);
                });
    }

    @Override
    public boolean remove(AccountId account) {
        Sql remove = Sql.of("DELETE FROM webhooks WHERE account_id = :account");
        return database.update(remove.with("account", account.value())) == 1;
    }

    private void lock(AccountId account) {
        Sql lock =
                Sql.of(
                        """
                        SELECT account_id FROM accounts WHERE account_id = :account
                        FOR NO KEY UPDATE
                        """);
        database.query(lock.with("account", account.value()), row -> true);
    }

    private Webhook store(Webhook webhook) {
        Retired retired = webhook.secrets().retired();
        Disabled disabled = webhook.disabled();
        database.update(
                Sql.of(
                                """
                                INSERT INTO webhooks (account_id, url, events, secret, old_secret,
                                                      old_secret_until, disabled_at, disabled_why,
                                                      created_at)
                                VALUES (:account, :url, CAST(:events AS text[]), :secret,
                                        CAST(:old AS text), CAST(:until AS timestamptz),
                                        CAST(:disabled AS timestamptz), CAST(:why AS text),
                                        :created)
                                ON CONFLICT (account_id) DO UPDATE SET
                                    url = excluded.url, events = excluded.events,
                                    secret = excluded.secret, old_secret = excluded.old_secret,
                                    old_secret_until = excluded.old_secret_until,
                                    disabled_at = excluded.disabled_at,
                                    disabled_why = excluded.disabled_why
                                """)
                        .with("account", webhook.account().value())
                        .with("url", webhook.url().toString())
                        .column("events", List.copyOf(webhook.events()), NoticeType::wireName)
                        .with("secret", webhook.secrets().current().value())
                        .with("old", retired == null ? null : retired.secret().value())
                        .with("until", retired == null ? null : retired.until())
                        .with("disabled", disabled == null ? null : disabled.since())
                        .with("why", disabled == null ? null : disabled.why())
                        .with("created", webhook.createdAt()));
        return webhook;
    }

    private static Webhook webhook(Row row) {
        return new Webhook(
                new AccountId(row.text("account_id")),
                URI.create(row.text("url")),
                events(row.text("event_names")),
                new SigningSecrets(new WebhookSecret(row.text("secret")), retired(row)),
                disabled(row),
                row.instant("created_at"));
    }

    /// Words of a later release are left out.
    private static Set<NoticeType> events(String names) {
        return Arrays.stream(names.split(EVENT_SEPARATOR, -1))
                .map(NoticeType::named)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    private static @Nullable Retired retired(Row row) {
        String old = row.textOrNull("old_secret");
        return old == null
                ? null
                : new Retired(new WebhookSecret(old), row.instant("old_secret_until"));
    }

    private static @Nullable Disabled disabled(Row row) {
        String why = row.textOrNull("disabled_why");
        return why == null ? null : new Disabled(row.instant("disabled_at"), why);
    }
}
