package linekeeper.bootstrap.cli;

import linekeeper.application.IssueKeys;
import linekeeper.application.IssueKeys.IssuedKey;
import linekeeper.bootstrap.MicrosClock;
import linekeeper.bootstrap.Storage;
import linekeeper.bootstrap.settings.Settings;
import linekeeper.domain.AccountId;
import linekeeper.persistence.PostgresStores;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.security.SecureRandom;
import java.util.Optional;

/// Creates and revokes API keys; also while the service runs.
@Command(
        name = "key",
        description = "Create and revoke API keys.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class KeyCommand {
    @Spec private CommandSpec spec;

    @Command(
            name = "create",
            description = "Create a key; it is shown once.",
            mixinStandardHelpOptions = true)
    int create(
            @Option(names = "--account", defaultValue = "default", description = "whose key")
                    String account,
            @Option(names = "--admin", description = "may act for every account") boolean admin) {
        Settings settings = Settings.ofProcess();
        try (Storage storage = Storage.visit(settings.store())) {
            PostgresStores stores = storage.stores(settings);
            IssueKeys keys =
                    new IssueKeys(
                            stores.accounts(),
                            stores.apiKeys(),
                            new SecureRandom(),
                            new MicrosClock());
            Optional<IssuedKey> issued = keys.issue(new AccountId(account), admin);
            if (issued.isEmpty()) {
                spec.commandLine().getErr().println("There is no account " + account + ".");
                return 1;
            }
            spec.commandLine().getOut().println("key     " + issued.get().secret());
            spec.commandLine().getOut().println("key_id  " + issued.get().keyId());
            return 0;
        }
    }

    @Command(name = "revoke", description = "Revoke a key.", mixinStandardHelpOptions = true)
    int revoke(
            @Parameters(paramLabel = "KEY_ID", description = "as shown at its creation")
                    String keyId,
            @Option(names = "--account", defaultValue = "default", description = "whose key")
                    String account) {
        Settings settings = Settings.ofProcess();
        try (Storage storage = Storage.visit(settings.store())) {
            if (storage.stores(settings).apiKeys().revoke(new AccountId(account), keyId)) {
                spec.commandLine().getOut().println("Revoked " + keyId + ".");
                return 0;
            }
        }
        spec.commandLine().getErr().println("Account " + account + " has no key " + keyId + ".");
        return 1;
    }
}
