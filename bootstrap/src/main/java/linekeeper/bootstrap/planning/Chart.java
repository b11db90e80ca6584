package linekeeper.bootstrap.planning;

import linekeeper.application.planning.Curve;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// A number over time, drawn for a page.
record Chart(Curve curve) {
    private static final int LEFT = 64;
    private static final int TOP = 10;
    private static final int WIDTH = 880;
    private static final int HEIGHT = 220;
    private static final int RIGHT = 16;
    private static final int BOTTOM = 30;
    private static final int MOST_ROWS = 5;
    private static final int MOST_COLUMNS = 8;

    /// How far marks of time may be apart.
    private static final List<Duration> STEPS =
            Stream.of(
                            "PT1S", "PT5S", "PT15S", "PT30S", "PT1M", "PT5M", "PT15M", "PT30M",
                            "PT1H", "PT3H", "PT6H", "PT12H", "P1D", "P2D", "P7D", "P14D", "P30D",
                            "P90D", "P365D", "P3650D")
                    .map(Duration::parse)
                    .toList();

    String svg() {
        double[] means = curve.means();
        double row = row(Arrays.stream(means).max().orElse(0));
        double top = row * Math.max(1, Math.ceil(Arrays.stream(means).max().orElse(0) / row));
        double length = Times.seconds(curve.span()) * Math.max(1, means.length);
        StringBuilder svg = new StringBuilder();
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<svg viewBox=\"0 0 %d %d\" role=\"img\">",
                        LEFT + WIDTH + RIGHT,
                        TOP + HEIGHT + BOTTOM));
        rows(svg, row, top);
        columns(svg, length);
        area(svg, means, top);
        return svg.append("</svg>").toString();
    }

    /// The distance of lines: one, two or five of a power of ten.
    private static double row(double most) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(most, 1e-3))) - 1);
        double row = power;
        for (int times : new int[] {2, 5, 10, 20}) {
            row = most / row > MOST_ROWS ? power * times : row;
        }
        return row;
    }

    private static void rows(StringBuilder svg, double row, double top) {
        for (int i = 0; i <= Math.round(top / row); i++) {
            double y = TOP + HEIGHT - i * row / top * HEIGHT;
            line(svg, LEFT, y, LEFT + WIDTH, y);
            text(svg, LEFT - 8, y + 4, "end", number(i * row));
        }
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%,.3f", value);
        return text.replaceAll("\\.?0+$", "");
    }

    private static void columns(StringBuilder svg, double length) {
        Duration step =
                STEPS.stream()
                        .filter(one -> length / Times.seconds(one) <= MOST_COLUMNS)
                        .findFirst()
                        .orElse(STEPS.getLast());
        for (int i = 0; i * Times.seconds(step) <= length; i++) {
            double x = LEFT + i * Times.seconds(step) / length * WIDTH;
            line(svg, x, TOP + HEIGHT, x, TOP + HEIGHT + 5);
            text(svg, x, TOP + HEIGHT + 20, "middle", mark(step.multipliedBy(i)));
        }
    }

    /// As in `0`, `45 s`, `1 min 30 s`, `6 h` or `2 d`: no part that is zero.
    private static String mark(Duration time) {
        StringBuilder mark = new StringBuilder();
        part(mark, time.toDaysPart(), "d");
        part(mark, time.toHoursPart(), "h");
        part(mark, time.toMinutesPart(), "min");
        part(mark, time.toSecondsPart(), "s");
        return mark.isEmpty() ? "0" : mark.toString();
    }

    private static void part(StringBuilder mark, long value, String unit) {
        if (value > 0) {
            mark.append(mark.isEmpty() ? "" : " ").append(value).append(' ').append(unit);
        }
    }

    private static void area(StringBuilder svg, double[] means, double top) {
        svg.append(
                String.format(Locale.ROOT, "<path class=\"area\" d=\"M%d %d", LEFT, TOP + HEIGHT));
        for (int i = 0; i < means.length; i++) {
            double y = TOP + HEIGHT - means[i] / top * HEIGHT;
            double from = LEFT + (double) WIDTH * i / means.length;
            double to = LEFT + (double) WIDTH * (i + 1) / means.length;
            svg.append(String.format(Locale.ROOT, " L%.1f %.1f L%.1f %.1f", from, y, to, y));
        }
        svg.append(String.format(Locale.ROOT, " L%d %d Z\"/>", LEFT + WIDTH, TOP + HEIGHT));
    }

    private static void line(StringBuilder svg, double x1, double y1, double x2, double y2) {
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
                        x1,
                        y1,
                        x2,
                        y2));
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
                        x,
                        y,
                        anchor,
                        text));
    }
}
