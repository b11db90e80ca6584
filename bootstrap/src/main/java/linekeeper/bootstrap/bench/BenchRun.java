package linekeeper.bootstrap.bench;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

import linekeeper.bootstrap.settings.Settings;
import linekeeper.persistence.Coordinates;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Measures one section after the other, on a database that is thrown away afterwards.
public final class BenchRun {
    /// The sections' keys.
    public static final Set<String> SECTIONS =
            Set.of("baseline", "lifecycle", "handover", "accept", "webhook", "depth");

    private final Settings settings;
    private final @Nullable Coordinates server;
    private final Scale scale;
    private final Predicate<String> chosen;
    private final PrintWriter progress;
    private final boolean terminal;

    /// @param server whose databases are used; null: the embedded one
    /// @param quick less of everything, in under a minute
    /// @param chosen which sections, by their keys
    /// @param terminal whether `progress` is one
    public BenchRun(
            Settings settings,
            @Nullable Coordinates server,
            boolean quick,
            Predicate<String> chosen,
            PrintWriter progress,
            boolean terminal) {
        this(settings, server, quick ? Scale.QUICK : Scale.FULL, chosen, progress, terminal);
    }

    /// As short as it can be: what it measures is worth nothing.
    public static BenchRun tiny(Settings settings, Predicate<String> chosen, PrintWriter progress) {
        return new BenchRun(settings, null, Scale.TINY, chosen, progress, false);
    }

    BenchRun(
            Settings settings,
            @Nullable Coordinates server,
            Scale scale,
            Predicate<String> chosen,
            PrintWriter progress,
            boolean terminal) {
        this.settings = settings;
        this.server = server;
        this.scale = scale;
        this.chosen = chosen;
        this.progress = progress;
        this.terminal = terminal;
    }

    public Result run() throws IOException, SQLException, InterruptedException {
        Findings findings = new Findings();
        Machine machine = Machine.here();
        findings.put("version", version());
        findings.put("machine", machine.json());
        findings.row("machine", "", machine.toString());
        try (Ground ground = Ground.open(settings, server)) {
            run(ground, findings);
        }
        return new Result(findings.json(), findings::print);
    }

    private static JsonValue version() {
        String built = BenchRun.class.getPackage().getImplementationVersion();
        return Json.createValue(built == null ? "development" : built);
    }

    private void run(Ground ground, Findings findings) throws SQLException, InterruptedException {
        Lifecycle lifecycle = new Lifecycle(ground, scale);
        List<Section> all =
                List.of(
                        new Baseline(ground, scale),
                        lifecycle,
                        new HandOverSection(ground, scale, lifecycle),
                        new AcceptSection(ground, scale),
                        new WebhookSection(ground, scale),
                        new DepthSection(ground, scale));
        measure(all.stream().filter(section -> chosen.test(section.key())).toList(), findings);
    }

    private void measure(List<Section> sections, Findings findings)
            throws SQLException, InterruptedException {
        try (Bar bar = new Bar(progress, terminal, sections)) {
            for (Section section : sections) {
                bar.begin(section);
                section.run(findings);
            }
        }
    }

    /// What was measured.
    ///
    /// @param table prints it for people
    public record Result(JsonObject json, Table table) {}

    /// Prints itself.
    public interface Table {
        void print(PrintWriter out);
    }
}
