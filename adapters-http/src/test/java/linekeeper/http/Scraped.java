package linekeeper.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A scrape as Prometheus reads it: every line has to be one of its text format's.
record Scraped(Map<String, String> types, Map<String, Double> samples) {
    private static final Pattern SAMPLE =
            Pattern.compile(
                    "([a-z_]+(?:\\{(?:[a-z_]+=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\",?)*})?)"
                            + " (\\S+)");
    private static final Pattern TYPE =
            Pattern.compile("# TYPE ([a-z_]+) (counter|gauge|histogram)");
    private static final Pattern HELP = Pattern.compile("# HELP [a-z_]+ .+");

    static Scraped of(String text) {
        Map<String, String> types = new LinkedHashMap<>();
        Map<String, Double> samples = new LinkedHashMap<>();
        for (String line : text.split("\n", -1)) {
            Matcher type = TYPE.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (type.matches()) {
                assertThat(types.put(type.group(1), type.group(2))).as(line).isNull();
            } else if (sample.matches()) {
                double value = Double.parseDouble(sample.group(2));
                assertThat(samples.put(sample.group(1), value)).as(line).isNull();
            } else {
                assertThat(line.isEmpty() || HELP.matcher(line).matches()).as(line).isTrue();
            }
        }
        return new Scraped(types, samples);
    }

    double value(String sample) {
        return Objects.requireNonNull(samples.get(sample), () -> sample + " in " + samples);
    }

    /// The names of all samples, without their labels.
    Set<String> names() {
        return samples.keySet().stream()
                .map(sample -> sample.replaceAll("\\{.*", ""))
                .collect(Collectors.toSet());
    }
}
