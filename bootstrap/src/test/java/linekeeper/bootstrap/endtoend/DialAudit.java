package linekeeper.bootstrap.endtoend;

import linekeeper.telephony.bolna.fake.FakeExecution;
import linekeeper.telephony.bolna.fake.FakeLedger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/// What the provider saw is what the service says (H1, H2, D3): no attempt was asked for twice, never
/// more calls live than a limit allows, every execution is known to the call it was made for and ended
/// as the provider ended it.
final class DialAudit {
    private static final Map<String, Set<String>> OUTCOMES =
            Map.of(
                    "completed", Set.of("completed"),
                    "no-answer", Set.of("no_answer"),
                    "stopped", Set.of("cancelled"));

    private final List<Broken> broken = new ArrayList<>();
    private final FakeLedger provider;

    private DialAudit(FakeLedger provider) {
        this.provider = provider;
    }

    /// @param cancelled whether somebody wanted the call, "account id", to end
    static List<Broken> of(Books books, FakeLedger provider, Predicate<String> cancelled) {
        DialAudit audit = new DialAudit(provider);
        audit.nothingTwice();
        audit.limits();
        audit.executions(books, cancelled);
        return audit.broken;
    }

    private void nothingTwice() {
        provider.createsByAttempt()
                .forEach(
                        (attempt, creates) -> {
                            if (creates > 1) {
                                String call = attempt.substring(0, attempt.lastIndexOf(' '));
                                broken.add(
                                        new Broken(
                                                call,
                                                "one attempt was dialed " + creates + " times"));
                            }
                        });
    }

    private void limits() {
        limit("system", execution -> "system", CrashScene.SYSTEM_LIMIT);
        CrashScene.ACCOUNT_LIMITS.forEach(
                (account, limit) -> limit(account, execution -> execution.accountId(), limit));
        for (String account : CrashScene.ACCOUNTS) {
            String campaign = account + " " + CrashScene.CAMPAIGN;
            limit(
                    campaign,
                    execution -> key(execution).split("-[0-9]", 2)[0],
                    CrashScene.CAMPAIGN_LIMIT);
        }
    }

    private void limit(String group, Function<FakeExecution, String> by, int limit) {
        int most = provider.mostLive(by).getOrDefault(group, 0);
        if (most > limit) {
            broken.add(
                    new Broken(
                            "",
                            "%s had %d calls live, its limit is %d".formatted(group, most, limit)));
        }
    }

    private void executions(Books books, Predicate<String> cancelled) {
        Map<String, Books.Attempt> known = new HashMap<>();
        Set<String> missing = new HashSet<>();
        for (Books.Entry entry : books.entries()) {
            for (Books.Attempt attempt : entry.attempts()) {
                known.put(entry.call() + " " + attempt.number(), attempt);
                if (!attempt.execution().isEmpty()) {
                    missing.add(entry.call() + ": " + attempt.execution());
                }
            }
        }
        for (FakeExecution execution : provider.all()) {
            missing.remove(key(execution) + ": " + execution.id());
            check(execution, known.get(key(execution) + " " + execution.attempt()), cancelled);
        }
        missing.forEach(
                one -> broken.add(new Broken("", one + " is no execution of the provider's")));
    }

    private void check(FakeExecution execution, Books.Attempt known, Predicate<String> cancelled) {
        String call = key(execution);
        if (known == null || !known.execution().equals(execution.id())) {
            broken.add(
                    new Broken(
                            call, "was dialed as " + execution.id() + ", which it does not know"));
        } else if (!execution.over()) {
            broken.add(new Broken(call, "is still live at the provider"));
        } else if (!OUTCOMES.get(execution.status()).contains(known.outcome())
                && !(known.outcome().equals("cancelled") && cancelled.test(call))) {
            broken.add(
                    new Broken(call, "was " + execution.status() + ", it says " + known.outcome()));
        }
    }

    private static String key(FakeExecution execution) {
        return execution.accountId() + " " + execution.callId();
    }
}
