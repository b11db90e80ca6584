package linekeeper.bootstrap.planning;

import linekeeper.application.planning.People;
import linekeeper.application.planning.People.Shares;
import linekeeper.application.planning.Plan;
import linekeeper.application.planning.Plan.Capacity;
import linekeeper.domain.InvalidValue;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.RetryPolicy;
import linekeeper.domain.queue.Backoff;
import linekeeper.domain.queue.Rate;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/// A plan in a YAML file; `docs/planning.md` describes it.
public final class ScenarioFile {
    static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
    static final Duration HORIZON = Duration.ofDays(30);

    private ScenarioFile() {}

    /// @throws InvalidValue names the field that is wrong, or the file
    public static Plan read(Path file) {
        return plan(Node.root(Yaml.read(file)));
    }

    private static Plan plan(Node node) {
        node.only("seed", "start", "horizon", "warm_up", "limits", "people", "retry", "accounts");
        List<ScenarioAccount> accounts =
                node.list("accounts").stream().map(ScenarioAccount::new).toList();
        if (accounts.isEmpty()) {
            throw node.get("accounts").invalid("is required");
        }
        return checked(
                node,
                () ->
                        new Plan(
                                node.integer("seed", 1),
                                node.instant("start", START),
                                node.time("horizon", HORIZON),
                                node.time("warm_up", Duration.ZERO),
                                capacity(node.get("limits")),
                                accounts.stream().map(ScenarioAccount::account).toList(),
                                accounts.stream().flatMap(one -> one.campaigns().stream()).toList(),
                                accounts.stream().flatMap(one -> one.traffic().stream()).toList(),
                                accounts.stream().flatMap(one -> one.changes().stream()).toList(),
                                people(node.get("people")),
                                retries(node.get("retry").only("on").get("on"))));
    }

    private static Capacity capacity(Node node) {
        node.only("system", "account", "provider", "calls_per_second");
        BigDecimal pace = node.decimal("calls_per_second");
        return checked(
                node,
                () ->
                        new Capacity(
                                node.integer("system", 1_000),
                                node.integer("account", 2),
                                node.integer("provider"),
                                pace == null ? null : new Rate(pace)));
    }

    private static People people(Node node) {
        node.only("setup", "ring", "give_up", "talk", "message", "shares");
        return new People(
                shares(node.get("shares")),
                node.spread("setup", PeopleFlags.SETUP),
                node.spread("ring", PeopleFlags.RING),
                node.spread("give_up", PeopleFlags.GIVE_UP),
                node.spread("talk", PeopleFlags.TALK),
                node.spread("message", PeopleFlags.MESSAGE));
    }

    private static Shares shares(Node node) {
        if (!node.exists()) {
            return PeopleFlags.SHARES;
        }
        node.only("busy", "no_answer", "voicemail", "failed");
        return checked(
                node,
                () ->
                        new Shares(
                                node.share("busy"),
                                node.share("no_answer"),
                                node.share("voicemail"),
                                node.share("failed")));
    }

    /// @param on delays by outcome; not there: the service's own
    static RetryPolicy retries(Node on) {
        if (!on.exists()) {
            return RetryPolicy.DEFAULT;
        }
        Map<CallStatus, Backoff> delays = new EnumMap<>(CallStatus.class);
        for (Node outcome : on.fields()) {
            Duration delay = delay(on, outcome);
            delays.put(status(outcome), checked(outcome, () -> RetryPolicy.doubling(delay)));
        }
        return checked(on, () -> new RetryPolicy(delays));
    }

    private static Duration delay(Node on, Node outcome) {
        Duration delay =
                outcome.fields().isEmpty()
                        ? on.time(outcome.name(), Duration.ZERO)
                        : outcome.only("delay").time("delay", Duration.ZERO);
        if (delay.isZero()) {
            throw outcome.invalid("must be a delay like PT5M");
        }
        return delay;
    }

    private static CallStatus status(Node outcome) {
        return RetryPolicy.OUTCOMES.stream()
                .filter(status -> status.wireName().equals(outcome.name().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> outcome.invalid("is not an outcome that can be tried again"));
    }

    /// What the domain refuses is told by its path here.
    static <T> T checked(Node node, Supplier<T> made) {
        try {
            return made.get();
        } catch (InvalidValue e) {
            String path = node.path();
            boolean told = path.isEmpty() || e.field().startsWith(path);
            throw told ? e : new InvalidValue(path + "." + e.field(), e.rule());
        } catch (IllegalArgumentException e) {
            throw node.invalid(String.valueOf(e.getMessage()));
        }
    }
}
