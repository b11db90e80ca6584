package linekeeper.application.results;

import linekeeper.application.port.NoticeObserver;
import linekeeper.application.port.Notices;
import linekeeper.application.port.Notices.Taken;
import linekeeper.application.port.Notices.Wanted;
import linekeeper.application.port.ResultSender;
import linekeeper.application.port.ResultSender.Answered;
import linekeeper.application.port.ResultSender.Message;
import linekeeper.application.port.ResultSender.NotAnswered;
import linekeeper.application.port.ResultSender.Sent;
import linekeeper.application.port.Sending;
import linekeeper.application.port.Slots.ClaimScope;
import linekeeper.application.port.Webhooks;
import linekeeper.domain.notice.Notice;
import linekeeper.domain.notice.Telling;
import linekeeper.domain.notice.Webhook;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Tells customers' backends (H4): takes what is due, sends it, stores what came of it. No transaction is
/// open while a receiver is asked. Whoever dies in between leaves a lease that runs out, and the message
/// is sent again under the same id. Several nodes may run it at once. Thread-safe.
public final class DeliverNotices {
    /// Twice the longest that sending may take: a lease that runs out while its holder still sends would
    /// have the message sent twice.
    private static final Duration LEASE = Duration.ofSeconds(30);

    private static final Duration LONGEST_SENDING = Duration.ofSeconds(16);

    private final Notices notices;
    private final Webhooks webhooks;
    private final Content content;
    private final Outside outside;
    private final InstantSource clock;
    private final Verdicts verdicts;
    private final Places places = new Places();

    DeliverNotices(
            Notices notices,
            Webhooks webhooks,
            Content content,
            Verdicts verdicts,
            Outside outside,
            InstantSource clock) {
        this.notices = notices;
        this.webhooks = webhooks;
        this.content = content;
        this.verdicts = verdicts;
        this.outside = outside;
        this.clock = clock;
    }

    /// Takes what is due and hands it on to be sent.
    ///
    /// @throws linekeeper.application.port.StoreUnavailable try again later
    public Round runOnce(ClaimScope scope) {
        int free = places.free();
        if (free < 1) {
            return new Round(0, false, true);
        }
        Instant now = clock.instant();
        Taken taken =
                notices.take(
                        new Wanted(
                                scope,
                                places.rooms(),
                                Places.PER_ACCOUNT,
                                free,
                                now.plus(LEASE),
                                now));
        for (Notice notice : taken.notices()) {
            places.take(notice.id().key().account());
            outside.sending.submit(notice);
        }
        return new Round(taken.notices().size(), taken.more(), places.free() < 1);
    }

    /// Sends a notice that [#runOnce] took; one whose lease is nearly over is left to the next round.
    ///
    /// @throws linekeeper.application.port.StoreUnavailable it is sent again when the lease is over
    public void deliver(Notice notice) {
        boolean well = true;
        try {
            well = tell(notice);
        } finally {
            places.giveBack(notice.id().key().account(), well);
        }
    }

    /// Whether the receiver does well.
    private boolean tell(Notice notice) {
        Instant now = clock.instant();
        if (now.plus(LONGEST_SENDING).isAfter(notice.telling().dueAt())) {
            return true;
        }
        Optional<Webhook> webhook = webhooks.find(notice.id().key().account());
        if (webhook.filter(one -> one.takes(notice.type())).isEmpty()) {
            settle(notice, notice.telling().waiting("nobody asks for it", now));
            return true;
        }
        Optional<Message> message = content.of(notice, now);
        if (message.isEmpty()) {
            settle(notice, notice.telling().dead("the call's record is gone"));
            return true;
        }
        return conclude(notice, webhook.get(), outside.sender.send(webhook.get(), message.get()));
    }

    private boolean conclude(Notice notice, Webhook webhook, Sent sent) {
        Instant now = clock.instant();
        if (sent instanceof Answered answered && Verdicts.gone(answered)) {
            disable(webhook, now);
        }
        settle(notice, verdicts.on(notice.telling(), sent, now));
        return switch (sent) {
            case Answered answered -> Verdicts.taken(answered);
            case NotAnswered lost -> false;
        };
    }

    /// Unless it was pointed elsewhere meanwhile.
    private void disable(Webhook webhook, Instant now) {
        webhooks.update(
                webhook.account(),
                current ->
                        current.url().equals(webhook.url())
                                ? current.disabled("it answered 410 Gone", now)
                                : current);
    }

    private void settle(Notice notice, Telling next) {
        if (notices.settle(notice, next, clock.instant())) {
            Notice settled = notice.with(next);
            switch (next.status()) {
                case DELIVERED -> outside.observer.delivered(settled);
                case PENDING -> outside.observer.failed(settled);
                case DEAD -> outside.observer.died(settled);
            }
        }
    }

    /// What delivering needs from outside besides the stores.
    record Outside(ResultSender sender, Sending sending, NoticeObserver observer) {}

    /// @param taken how many notices were handed on
    /// @param more there may be others that could be taken at once
    /// @param full no place is left: the next that comes free may be anybody's
    public record Round(int taken, boolean more, boolean full) {}
}
