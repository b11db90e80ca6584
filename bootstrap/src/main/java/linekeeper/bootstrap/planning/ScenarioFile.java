package linekeeper.bootstrap.planning;

import io.helidon.config.Config;
import io.helidon.config.ConfigException;
import io.helidon.config.ConfigSources;

import linekeeper.application.planning.People;
import linekeeper.application.planning.Plan;
import linekeeper.application.planning.Plan.Capacity;
import linekeeper.application.planning.Spread;
import linekeeper.domain.InvalidValue;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.RetryPolicy;
import linekeeper.domain.queue.Backoff;
import linekeeper.domain.queue.Rate;

import java.math.BigDecimal;
import java.nio.file.Files;
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
    static final Spread SETUP = Spread.always(Duration.ofMillis(500));
    static final Spread RING = new Spread.Exponential(Duration.ofSeconds(8));
    static final Spread GIVE_UP = Spread.always(Duration.ofSeconds(30));
    static final Spread TALK = new Spread.Lognormal(Duration.ofSeconds(90), Duration.ofSeconds(60));
    static final Spread MESSAGE = Spread.always(Duration.ofSeconds(20));

    private ScenarioFile() {}

    /// @throws InvalidValue names the field that is wrong, or the file
    public static Plan read(Path file) {
        if (!Files.isReadable(file)) {
            throw new InvalidValue(file.toString(), "cannot be read");
        }
        try {
            Config config =
                    Config.builder(ConfigSources.file(file).build())
                            .disableEnvironmentVariablesSource()
                            .disableSystemPropertiesSource()
                            .build();
            return plan(new Node(config));
        } catch (ConfigException e) {
            throw new InvalidValue(file.toString(), "is not YAML: " + e.getMessage());
        }
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
                                retries(node.get("retry").only("on").on())));
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
        Node shares = node.get("shares").only("busy", "no_answer", "voicemail", "failed");
        return new People(
                checked(
                        shares,
                        () ->
                                new People.Shares(
                                        shares.share("busy"),
                                        shares.share("no_answer"),
                                        shares.share("voicemail"),
                                        shares.share("failed"))),
                node.spread("setup", SETUP),
                node.spread("ring", RING),
                node.spread("give_up", GIVE_UP),
                node.spread("talk", TALK),
                node.spread("message", MESSAGE));
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
