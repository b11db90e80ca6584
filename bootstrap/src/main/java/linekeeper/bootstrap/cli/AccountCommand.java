package linekeeper.bootstrap.cli;

import linekeeper.application.port.Accounts;
import linekeeper.bootstrap.Storage;
import linekeeper.bootstrap.settings.Settings;
import linekeeper.domain.AccountId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Account;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Creates and lists accounts; also while the service runs.
@Command(
        name = "account",
        description = "Create and list accounts.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class AccountCommand {
    private static final int PAGE = 500;

    @Spec private CommandSpec spec;

    @Command(name = "create", description = "Create an account.", mixinStandardHelpOptions = true)
    int create(
            @Parameters(paramLabel = "ID", description = "1 to 64 printable characters") String id,
            @Option(names = "--name", description = "for people") @Nullable String name,
            @Option(names = "--limit", description = "calls live at once") @Nullable Integer limit,
            @Option(names = "--provider", description = "who dials") @Nullable String provider) {
        Account account =
                new Account(
                        new AccountId(id),
                        name == null ? id : name,
                        limit,
                        1,
                        provider == null ? null : new ProviderName(provider));
        if (!with(accounts -> accounts.create(account))) {
            spec.commandLine().getErr().println("There is an account " + id + " already.");
            return 1;
        }
        spec.commandLine().getOut().println("Created account " + id + ".");
        return 0;
    }

    @Command(name = "list", description = "List accounts.", mixinStandardHelpOptions = true)
    int list() {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%-32s %-8s %-12s %s%n", "ACCOUNT", "LIMIT", "PROVIDER", "NAME");
        for (Account account : with(AccountCommand::all)) {
            out.printf(
                    "%-32s %-8s %-12s %s%n",
                    account.id(),
                    account.concurrencyLimit() == null ? "default" : account.concurrencyLimit(),
                    account.provider() == null ? "default" : account.provider(),
                    account.name());
        }
        return 0;
    }

    private static List<Account> all(Accounts accounts) {
        List<Account> all = new ArrayList<>();
        List<Account> page = accounts.list("", PAGE);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = accounts.list(page.getLast().id().value(), PAGE);
        }
        return all;
    }

    private static <T> T with(Function<Accounts, T> work) {
        Settings settings = Settings.ofProcess();
        try (Storage storage = Storage.visit(settings.store())) {
            return work.apply(storage.stores(settings).accounts());
        }
    }
}
