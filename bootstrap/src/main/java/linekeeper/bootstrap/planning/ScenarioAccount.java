package linekeeper.bootstrap.planning;

import linekeeper.application.planning.Arrivals;
import linekeeper.application.planning.Arrivals.Bursts;
import linekeeper.application.planning.Arrivals.Poisson;
import linekeeper.application.planning.Plan.LimitChange;
import linekeeper.application.planning.Plan.OwnCampaign;
import linekeeper.application.planning.Traffic;
import linekeeper.domain.AccountId;
import linekeeper.domain.CampaignId;
import linekeeper.domain.account.Account;
import linekeeper.domain.campaign.CallingWindow;
import linekeeper.domain.campaign.Campaign;
import linekeeper.domain.campaign.CampaignRetries;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// An account in a scenario file.
record ScenarioAccount(Node node) {
    ScenarioAccount {
        node.only("id", "concurrency_limit", "weight", "direct", "campaigns", "limit_changes");
    }

    private AccountId id() {
        return checked(node.get("id"), () -> new AccountId(node.required("id")));
    }

    Account account() {
        return checked(
                node,
                () ->
                        new Account(
                                id(),
                                id().value(),
                                node.integer("concurrency_limit"),
                                node.integer("weight", 1),
                                null));
    }

    List<OwnCampaign> campaigns() {
        return node.list("campaigns").stream()
                .map(one -> new OwnCampaign(id(), campaign(one), window(one)))
                .toList();
    }

    private static Campaign campaign(Node node) {
        node.only(
                "id",
                "calls",
                "at",
                "priority",
                "concurrency_limit",
                "calls_per_second",
                "window",
                "retry");
        Node retry = node.get("retry").only("max_attempts", "on");
        Node on = retry.get("on");
        CampaignRetries retries =
                checked(
                        retry,
                        () ->
                                new CampaignRetries(
                                        retry.integer("max_attempts"),
                                        on.exists() ? ScenarioFile.retries(on) : null));
        BigDecimal pace = node.decimal("calls_per_second");
        return checked(
                node,
                () ->
                        new Campaign(
                                campaignId(node),
                                null,
                                null,
                                node.integer("concurrency_limit"),
                                pace,
                                retries));
    }

    private static @Nullable CallingWindow window(Node node) {
        Node window = node.get("window");
        return window.exists() ? new ScenarioWindow(window).window() : null;
    }

    private static CampaignId campaignId(Node node) {
        return checked(node.get("id"), () -> new CampaignId(node.required("id")));
    }

    List<Traffic> traffic() {
        Stream<Traffic> direct = node.list("direct").stream().map(this::direct);
        Stream<Traffic> campaigns = node.list("campaigns").stream().map(this::ofCampaign);
        return Stream.concat(direct, campaigns).toList();
    }

    private Traffic direct(Node node) {
        node.only(
                "per_hour",
                "from",
                "until",
                "calls",
                "at",
                "every",
                "times",
                "priority",
                "max_attempts");
        Integer attempts = node.integer("max_attempts");
        return new Traffic(id(), null, arrivals(node), node.integer("priority"), attempts);
    }

    private static Arrivals arrivals(Node node) {
        if (node.get("per_hour").exists() == node.get("calls").exists()) {
            throw node.invalid("must have either per_hour or calls");
        }
        BigDecimal perHour = node.decimal("per_hour");
        return checked(node, () -> perHour == null ? bursts(node) : poisson(node, perHour));
    }

    private static Arrivals poisson(Node node, BigDecimal perHour) {
        if (!node.get("until").exists()) {
            throw node.get("until").invalid("is required");
        }
        double perSecond =
                perHour.divide(BigDecimal.valueOf(3_600), 12, RoundingMode.HALF_UP).doubleValue();
        return new Poisson(
                perSecond, node.time("from", Duration.ZERO), node.time("until", Duration.ZERO));
    }

    private static Arrivals bursts(Node node) {
        return new Bursts(
                node.integer("calls", 0),
                node.time("at", Duration.ZERO),
                node.time("every", Duration.ZERO),
                node.integer("times", 1));
    }

    private Traffic ofCampaign(Node node) {
        node.get("calls").required();
        Arrivals arrivals = checked(node, () -> bursts(node));
        return new Traffic(id(), campaignId(node), arrivals, node.integer("priority"), null);
    }

    List<LimitChange> changes() {
        return node.list("limit_changes").stream().map(this::change).toList();
    }

    private LimitChange change(Node node) {
        node.only("after", "concurrency_limit");
        node.get("after").required();
        node.get("concurrency_limit").required();
        return new LimitChange(
                id(), node.time("after", Duration.ZERO), node.integer("concurrency_limit", 0));
    }

    private static <T> T checked(Node node, Supplier<T> made) {
        return ScenarioFile.checked(node, made);
    }
}
