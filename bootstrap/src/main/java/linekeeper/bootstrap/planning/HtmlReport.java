package linekeeper.bootstrap.planning;

import linekeeper.application.planning.Curve;
import linekeeper.application.planning.PlanResult;
import linekeeper.application.planning.PlanResult.Use;
import linekeeper.application.planning.Waits;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// What came of a plan, as one page that needs nothing else.
public record HtmlReport(PlanResult result) {
    private static final String HEAD =
            """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <title>Linekeeper: a simulated plan</title>
            <style>
            :root { color-scheme: light dark; --ink: light-dark(#1c2733, #e3e8ee); --dim: light-dark(#52606d, #9fb0c0); --rule: light-dark(#dde3e9, #33414f) }
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 1000px; margin: 2rem auto; padding: 0 1rem; color: var(--ink); background: light-dark(#fff, #14191f) }
            h1 { font-size: 1.5rem; margin-bottom: 0 } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
            p, small { color: var(--dim) } h1 + p { margin-top: .25rem } h2 small { font-weight: normal; margin-left: .5rem }
            table { border-collapse: collapse; font-variant-numeric: tabular-nums }
            td, th { padding: .25rem 2rem .25rem 0; text-align: right; border-bottom: 1px solid var(--rule) }
            th { font-weight: normal; color: var(--dim) } td:first-child, th:first-child { text-align: left }
            svg { display: block; width: 100%; height: auto } .area { fill: #3b82c455; stroke: #3b82c4; stroke-width: 1.5; stroke-linejoin: round }
            .grid { stroke: var(--rule) } text { font-size: 13px; fill: var(--dim); font-variant-numeric: tabular-nums }
            </style></head><body>
            """;

    public String page() {
        return HEAD + body();
    }

    private String body() {
        return String.format(
                Locale.ROOT,
                """
                <h1>%s after %s</h1>
                <p>%,d calls, %,d dials, %.1f %% of the slots in use in the mean.</p>
                <h2>Waits for a slot<small>from when a dial was due and its window open</small></h2>
                <table><tr><th>calls</th><th>dials</th><th>mean</th><th>p50</th><th>p90</th><th>p99</th></tr>%s</table>
                <h2>Slots in use<small>%s</small></h2>%s
                <h2>Calls waiting<small>%s</small></h2>%s
                <h2>Accounts</h2>
                <table><tr><th>account</th><th>limit</th><th>in use</th><th>utilisation</th></tr>%s</table>
                <h2>How calls ended</h2>
                <table><tr><th>status</th><th>calls</th></tr>%s</table>
                </body></html>
                """,
                result.finished() ? "Finished" : "Not finished",
                Times.text(result.took()),
                result.accepted(),
                result.attempts(),
                100 * result.utilisation(),
                waits(),
                means(result.live()),
                new Chart(result.live()).svg(),
                means(result.waiting()),
                new Chart(result.waiting()).svg(),
                result.use().stream().map(HtmlReport::use).collect(Collectors.joining()),
                outcomes());
    }

    private static String means(Curve curve) {
        return "means of " + Times.text(curve.span());
    }

    private String waits() {
        return result.waits().entrySet().stream()
                .filter(one -> one.getValue().count() > 0)
                .map(one -> waits(one.getKey().wireName(), one.getValue()))
                .collect(Collectors.joining());
    }

    private static String waits(String type, Waits waits) {
        return row(
                type,
                String.format(Locale.ROOT, "%,d", waits.count()),
                Times.text(waits.mean()),
                Times.text(waits.quantile(0.5)),
                Times.text(waits.quantile(0.9)),
                Times.text(waits.quantile(0.99)));
    }

    private static String use(Use use) {
        return row(
                escaped(use.account().value()),
                Integer.toString(use.limit()),
                String.format(Locale.ROOT, "%.1f", use.meanLive()),
                String.format(Locale.ROOT, "%.1f %%", 100 * use.utilisation()));
    }

    private String outcomes() {
        return result.outcomes().entrySet().stream()
                .map(
                        one ->
                                row(
                                        one.getKey().wireName(),
                                        String.format(Locale.ROOT, "%,d", one.getValue())))
                .collect(Collectors.joining());
    }

    private static String row(String... cells) {
        return Arrays.stream(cells)
                .map(cell -> "<td>" + cell + "</td>")
                .collect(Collectors.joining("", "<tr>", "</tr>"));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
