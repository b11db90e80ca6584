package linekeeper.bootstrap.planning;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

import linekeeper.application.planning.Curve;
import linekeeper.application.planning.PlanResult;
import linekeeper.application.planning.Waits;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// What came of a plan, for programs. Times are seconds.
public record JsonReport(PlanResult result, double ranSeconds) {
    public JsonObject json() {
        JsonObjectBuilder outcomes = Json.createObjectBuilder();
        result.outcomes().forEach((status, calls) -> outcomes.add(status.wireName(), calls));
        JsonObjectBuilder waits = Json.createObjectBuilder();
        result.waits().forEach((type, times) -> waits.add(type.wireName(), waits(times)));
        return Json.createObjectBuilder()
                .add("finished", result.finished())
                .add("took_seconds", rounded(Times.seconds(result.took())))
                .add("calls", result.accepted())
                .add("dials", result.attempts())
                .add("outcomes", outcomes)
                .add("wait_seconds", waits)
                .add("utilisation", rounded(result.utilisation()))
                .add("accounts", accounts())
                .add("slots_in_use", curve(result.live()))
                .add("calls_waiting", curve(result.waiting()))
                .add("priority_violations", result.passedOver())
                .add("simulated_in_seconds", rounded(ranSeconds))
                .build();
    }

    private static JsonObjectBuilder waits(Waits waits) {
        return Json.createObjectBuilder()
                .add("dials", waits.count())
                .add("mean", rounded(Times.seconds(waits.mean())))
                .add("p50", rounded(Times.seconds(waits.quantile(0.5))))
                .add("p90", rounded(Times.seconds(waits.quantile(0.9))))
                .add("p99", rounded(Times.seconds(waits.quantile(0.99))));
    }

    private JsonArrayBuilder accounts() {
        JsonArrayBuilder accounts = Json.createArrayBuilder();
        result.use()
                .forEach(
                        use ->
                                accounts.add(
                                        Json.createObjectBuilder()
                                                .add("account_id", use.account().value())
                                                .add("concurrency_limit", use.limit())
                                                .add("mean_slots_in_use", rounded(use.meanLive()))
                                                .add("utilisation", rounded(use.utilisation()))));
        return accounts;
    }

    private static JsonObjectBuilder curve(Curve curve) {
        JsonArrayBuilder means = Json.createArrayBuilder();
        for (double mean : curve.means()) {
            means.add(rounded(mean));
        }
        return Json.createObjectBuilder()
                .add("span_seconds", curve.span().toSeconds())
                .add("means", means);
    }

    private static BigDecimal rounded(double value) {
        return BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_UP);
    }
}
