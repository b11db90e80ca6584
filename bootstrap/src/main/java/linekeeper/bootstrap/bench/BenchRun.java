package linekeeper.bootstrap.bench;

import jakarta.json.JsonObject;

import linekeeper.bootstrap.Service;
import linekeeper.bootstrap.settings.Settings;
import linekeeper.domain.account.Limits;
import linekeeper.persistence.Coordinates;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;

/// Measures one section after the other, on a database that is thrown away afterwards.
public final class BenchRun {
    private final Settings settings;
    private final @Nullable Coordinates server;
    private final Scale scale;
    private final PrintWriter progress;
    private final boolean terminal;

    /// @param server whose databases are used; null: the embedded one
    /// @param quick less of everything, in under a minute
    /// @param terminal whether `progress` is one
    public BenchRun(
            Settings settings,
            @Nullable Coordinates server,
            boolean quick,
            PrintWriter progress,
            boolean terminal) {
        this.settings = settings;
        this.server = server;
        this.scale = quick ? Scale.QUICK : Scale.FULL;
        this.progress = progress;
        this.terminal = terminal;
    }

    public Result run() throws IOException, SQLException, InterruptedException {
        Findings findings = new Findings();
        Machine machine = Machine.here();
        findings.put("machine", machine.json());
        findings.row("machine", "", machine.toString());
        try (Ground ground = Ground.open(settings, server)) {
            run(ground, findings);
        }
        return new Result(findings.json(), findings::print);
    }

    private void run(Ground ground, Findings findings) throws SQLException, InterruptedException {
        InstantProvider provider = new InstantProvider();
        Service service = Service.start(ground.served(Limits.of(1_000, 2)), provider);
        try {
            Lifecycle lifecycle = new Lifecycle(ground, scale, service, provider);
            List<Section> sections =
                    List.of(
                            new Baseline(ground, scale),
                            lifecycle,
                            new HandOverSection(ground, scale, service, provider, lifecycle));
            measure(sections, findings);
        } finally {
            service.stop();
        }
        measure(
                List.of(new AcceptSection(ground, scale), new WebhookSection(ground, scale)),
                findings);
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
