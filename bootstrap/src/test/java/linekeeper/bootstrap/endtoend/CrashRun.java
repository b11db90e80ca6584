package linekeeper.bootstrap.endtoend;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One crash campaign: load over HTTP, crashes, recovery, and an audit of everything that was promised.
final class CrashRun {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String UNDER_WAY =
            """
            SELECT (SELECT count(*) FROM calls) - (SELECT count(*) FROM call_ends)
                       + (SELECT count(*) FROM notices WHERE status <> 'delivered')
            """;

    private final CrashTerms terms;
    private final CrashScene scene;
    private final Callers callers;
    private final Crashes crashes;
    private final List<Broken> broken = new ArrayList<>();

    private CrashRun(CrashTerms terms, CrashScene scene) {
        this.terms = terms;
        this.scene = scene;
        this.callers = new Callers(scene.nodes, terms.seed());
        this.crashes = new Crashes(scene, callers, terms.seed());
    }

    /// @param folder for the database; empty
    static CrashReport of(CrashTerms terms, Path folder) throws Exception {
        long begin = System.nanoTime();
        try (CrashScene scene = new CrashScene(folder, terms)) {
            CrashRun run = new CrashRun(terms, scene);
            run.rounds();
            run.settle();
            return run.audit(Duration.ofNanos(System.nanoTime() - begin));
        }
    }

    private void rounds() throws Exception {
        for (int round = 0; round < terms.rounds(); round++) {
            crashes.round();
            broken.addAll(SlotAudit.of(scene.world.tables, scene.world.bolna.ledger()));
        }
        callers.stop();
    }

    /// However long the campaigns' queues are: what counts is that they get shorter. Whatever does not
    /// settle, the audit names.
    private void settle() throws Exception {
        scene.world.bolna.release();
        try {
            long left = underWay();
            while (left > 0) {
                long before = left;
                Until.holds(
                        PATIENCE, "less than " + before + " is left", () -> underWay() < before);
                left = underWay();
            }
        } catch (AssertionError e) {
            broken.add(new Broken("", e.getMessage()));
        }
    }

    private long underWay() throws Exception {
        return scene.world.tables.count(UNDER_WAY);
    }

    private CrashReport audit(Duration took) throws Exception {
        Books books = Books.read(scene.world.tables);
        broken.addAll(callers.broken());
        broken.addAll(SlotAudit.of(scene.world.tables, scene.world.bolna.ledger()));
        broken.addAll(TimelineAudit.of(books, callers.acknowledged()));
        broken.addAll(DialAudit.of(books, scene.world.bolna.ledger(), callers::cancelled));
        broken.addAll(NoticeAudit.of(books, scene.backend.taken()));
        return new CrashReport(summary(books, took), evidence(books));
    }

    private String summary(Books books, Duration took) {
        long attempts = scene.world.bolna.ledger().createsByAttempt().size();
        int told = scene.backend.taken().size();
        long notices = scene.backend.taken().stream().map(Backend.Told::id).distinct().count();
        return """
        crash campaign, seed %d, %d node(s): %d rounds, %d services and %d databases killed; \
        %d calls acknowledged, %d kept and ended, %d attempts dialed once each, \
        %d notices delivered (%d of them again); %d promises broken; %d s\
        """
                .formatted(
                        terms.seed(),
                        terms.nodes(),
                        terms.rounds(),
                        crashes.services(),
                        crashes.databases(),
                        callers.acknowledged().size(),
                        books.entries().size(),
                        attempts,
                        notices,
                        told - notices,
                        broken.size(),
                        took.toSeconds());
    }

    private List<String> evidence(Books books) {
        Evidence evidence = new Evidence(books, scene.world.bolna.ledger(), scene.backend.told());
        return broken.stream().map(evidence::of).toList();
    }
}
