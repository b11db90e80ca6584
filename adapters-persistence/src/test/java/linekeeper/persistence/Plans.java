package linekeeper.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;

import javax.sql.DataSource;

/// What the stores send over a pool, and how the database runs it; every piece of work is taken back,
/// so each finds the database as it was. `-Dlinekeeper.plans=true` prints the plans.
final class Plans {
    private static final Pattern SCAN =
            Pattern.compile(
                    "Seq Scan on"
                        + " (calls|call_ends|executions|call_queue|call_events\\S*|conversations|call_transcripts"
                        + "|archived_\\S*|call_attempts|notices\\S*)\\b");
    private static final Pattern QUEUE_READ =
            Pattern.compile("on call_queue .*\\(actual .*rows=([0-9.]+) loops=([0-9]+)\\)");

    private final Explained explained;
    private final Database database;

    Plans(DataSource pool) {
        explained = new Explained(pool);
        database = new Database(explained.dataSource());
    }

    Database database() {
        return database;
    }

    /// Reads no large table from end to end.
    List<String> assertIndexed(String what, Runnable work) {
        List<String> plans = of(what, work);
        assertThat(plans).isNotEmpty().noneMatch(plan -> SCAN.matcher(plan).find());
        return plans;
    }

    List<String> of(String what, Runnable work) {
        List<String> plans = explained.plansOf(() -> takenBack(database, work));
        if (Boolean.getBoolean("linekeeper.plans")) {
            System.out.println("== " + what + "\n" + String.join("\n", plans));
        }
        return plans;
    }

    static double rowsReadOfTheQueue(List<String> plans) {
        return plans.stream()
                .flatMap(plan -> QUEUE_READ.matcher(plan).results())
                .mapToDouble(
                        read ->
                                Double.parseDouble(read.group(1))
                                        * Double.parseDouble(read.group(2)))
                .sum();
    }

    static void takenBack(Database database, Runnable work) {
        TakenBack end = new TakenBack();
        try {
            database.inTransaction(
                    () -> {
                        work.run();
                        throw end;
                    });
        } catch (TakenBack e) {
            assertThat(e).isSameAs(end);
        }
    }

    private static final class TakenBack extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
