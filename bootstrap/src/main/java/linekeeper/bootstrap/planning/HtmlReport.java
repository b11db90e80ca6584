package linekeeper.bootstrap.planning;

import linekeeper.application.planning.Curve;
import linekeeper.application.planning.PlanResult;
import linekeeper.application.planning.PlanResult.Use;
import linekeeper.application.planning.Waits;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// What came of a plan, as one page that needs nothing else.
public record HtmlReport(PlanResult result) {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 220;

    private static final String HEAD =
            """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Linekeeper: a simulated plan</title>
            <style>
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 1020px; margin: 2rem auto; padding: 0 1rem; color: #1c2733; }
            h1 { font-size: 1.5rem } h2 { font-size: 1.1rem; margin-top: 2rem }
            table { border-collapse: collapse } td, th { padding: .25rem 1rem .25rem 0; text-align: right; border-bottom: 1px solid #dde3e9 }
            td:first-child, th:first-child { text-align: left }
            svg { width: 100%; height: auto } .area { fill: #3b82c455; stroke: #1f5f99; stroke-width: 1.5 }
            .axis { stroke: #8a98a6 } text { font-size: 12px; fill: #52606d }
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
                <h2>Waits for a slot, from when a dial was due</h2>
                <table><tr><th>calls</th><th>dials</th><th>mean</th><th>p50</th><th>p90</th><th>p99</th></tr>%s</table>
                <h2>Slots in use</h2>%s
                <h2>Calls waiting</h2>%s
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
                chart(result.live()),
                chart(result.waiting()),
                result.use().stream().map(HtmlReport::use).collect(Collectors.joining()),
                outcomes());
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

    private static String chart(Curve curve) {
        double[] means = curve.means();
        double most = Math.max(Arrays.stream(means).max().orElse(0), 1e-9);
        StringBuilder path = new StringBuilder("M0 " + HEIGHT);
        for (int i = 0; i < means.length; i++) {
            double y = HEIGHT - means[i] / most * (HEIGHT - 20);
            double from = (double) WIDTH * i / means.length;
            double to = (double) WIDTH * (i + 1) / means.length;
            path.append(String.format(Locale.ROOT, " L%.1f %.1f L%.1f %.1f", from, y, to, y));
        }
        Duration end = curve.span().multipliedBy(means.length);
        return """
        <svg viewBox="0 0 %d %d" role="img"><path class="area" d="%s L%d %d Z"/>
        <line class="axis" x1="0" y1="%d" x2="%d" y2="%d"/>
        <text x="4" y="14">%s at most, mean of %s</text><text x="0" y="%d">0</text>
        <text x="%d" y="%d" text-anchor="end">%s</text></svg>\
        """
                .formatted(
                        WIDTH,
                        HEIGHT + 20,
                        path,
                        WIDTH,
                        HEIGHT,
                        HEIGHT,
                        WIDTH,
                        HEIGHT,
                        String.format(Locale.ROOT, "%,.1f", most),
                        Times.text(curve.span()),
                        HEIGHT + 16,
                        WIDTH,
                        HEIGHT + 16,
                        Times.text(end));
    }
}
