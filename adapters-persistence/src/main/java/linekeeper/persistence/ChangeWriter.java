package linekeeper.persistence;

import linekeeper.application.port.StoreUnavailable;
import linekeeper.domain.CallKey;
import linekeeper.persistence.ChangeBatch.Asked;
import linekeeper.persistence.LiveCalls.Known;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// Writes changes of calls, a batch in one commit, and hands the slots that come free on with it. The first
/// try has everything; those that follow leave out what it may have failed of, for a call must end.
final class ChangeWriter {
    private static final Logger LOG = System.getLogger(ChangeWriter.class.getName());

    private final Database database;
    private final LiveCalls live;
    private final Claims claims;

    /// @param live what the node remembers of live calls
    ChangeWriter(Database database, LiveCalls live, Claims claims) {
        this.database = database;
        this.live = live;
        this.claims = claims;
    }

    /// @param batch what is written in one commit
    List<Supplier<?>> write(List<Asked> batch) {
        HandOver handOver = HandOver.of(batch, claims);
        try {
            return write(batch, handOver);
        } finally {
            handOver.tell();
        }
    }

    /// What is remembered is worth one try; whatever comes of it, the calls themselves have the last
    /// word.
    private List<Supplier<?>> write(List<Asked> batch, HandOver handOver) {
        try {
            return write(batch, live::find, FollowUp.LEADS, handOver);
        } catch (StoreUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "changes are decided again", e);
            if (handOver.gaveUp()) {
                LOG.log(Level.WARNING, () -> "slots are left to the dispatcher: " + e);
            }
            return writeAsStored(batch, handOver);
        }
    }

    private List<Supplier<?>> writeAsStored(List<Asked> batch, HandOver handOver) {
        try {
            return write(batch, key -> null, FollowUp.LEADS, handOver);
        } catch (StoreUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            return handOver.gaveUp()
                    ? writeAsStored(batch, handOver)
                    : writeWithoutLeads(batch, handOver, e);
        }
    }

    /// An end must not fail because of its lead. Whose lead it is that cannot be written is left to the
    /// jobs, too: a search for it here would keep the whole batch waiting.
    private List<Supplier<?>> writeWithoutLeads(
            List<Asked> batch, HandOver handOver, RuntimeException reason) {
        List<Supplier<?>> answers = write(batch, key -> null, FollowUp.JOBS, handOver);
        LOG.log(Level.WARNING, () -> "leads are left to jobs: " + reason);
        return answers;
    }

    private List<Supplier<?>> write(
            List<Asked> batch,
            Function<CallKey, @Nullable Known> remembered,
            FollowUp followUp,
            HandOver handOver) {
        try {
            ChangeBatch.Written written =
                    database.inTransaction(
                            () -> {
                                ChangeBatch.Written changes =
                                        ChangeBatch.write(database, batch, remembered, followUp);
                                handOver.claim(changes.freed());
                                if (changes.queue()) {
                                    claims.gate().keepShut();
                                }
                                return changes;
                            });
            live.learn(written.left());
            handOver.committed(written.freed(), live);
            return written.answers();
        } catch (RuntimeException e) {
            live.forget(batch.stream().map(Asked::key).toList());
            throw e;
        }
    }
}
