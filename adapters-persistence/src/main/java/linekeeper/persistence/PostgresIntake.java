package linekeeper.persistence;

import linekeeper.application.port.Intake;
import linekeeper.application.port.StoreUnavailable;
import linekeeper.domain.account.Limits;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Takes calls in, as many as come at once in one commit: records them, gives them slots or queues them,
/// and claims for their accounts.
final class PostgresIntake implements Intake {
    private static final int MOST_PER_BATCH = 200;
    private static final int MOST_WAITING = 10_000;

    private final Database database;
    private final Claims claims;
    private final Standings standings;
    private final Limits limits;
    private final LiveCalls live;
    private final Coalescer<Candidate, Admission> coalescer =
            new Coalescer<>(this::admit, MOST_PER_BATCH, MOST_WAITING);

    PostgresIntake(
            Database database, Claims claims, Standings standings, Limits limits, LiveCalls live) {
        this.database = database;
        this.claims = claims;
        this.standings = standings;
        this.limits = limits;
        this.live = live;
    }

    @Override
    public Admission admit(Candidate candidate) {
        return coalescer.write(candidate);
    }

    @Override
    public List<Optional<Admission>> admitAll(List<Candidate> many) {
        return coalescer.writeAll(many).stream().map(PostgresIntake::answered).toList();
    }

    private static Optional<Admission> answered(Supplier<Admission> answer) {
        try {
            return Optional.of(answer.get());
        } catch (StoreUnavailable e) {
            return Optional.empty();
        }
    }

    private List<Admission> admit(List<Candidate> candidates) {
        IntakeBatch admitted =
                database.inTransaction(
                        () ->
                                new IntakeBatch(database, claims, standings, limits, candidates)
                                        .admit());
        admitted.teach(live);
        return admitted.admissions();
    }
}
