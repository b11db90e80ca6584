package linekeeper.application.results;

import linekeeper.application.port.Calls;
import linekeeper.application.port.NoticeObserver;
import linekeeper.application.port.Notices;
import linekeeper.application.port.ResultSender;
import linekeeper.application.port.Sending;
import linekeeper.application.port.Transcripts;
import linekeeper.application.port.Wake;
import linekeeper.application.port.Webhooks;
import linekeeper.domain.notice.DeliverySchedule;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// The use cases about results, put together over one set of ports.
public record ResultDelivery(
        DeliverNotices deliver, SetUpWebhook setUp, ReplayNotices replay, GiveUpNotices giveUp) {
    public static ResultDelivery over(Store store, Surroundings around) {
        InstantSource clock = around.clock;
        DeliverNotices deliver =
                new DeliverNotices(
                        store.notices,
                        store.webhooks,
                        new Content(store.calls, store.transcripts),
                        new Verdicts(around.schedule, around.random),
                        new DeliverNotices.Outside(around.sender, around.sending, around.observer),
                        clock);
        return new ResultDelivery(
                deliver,
                new SetUpWebhook(store.webhooks, around.wake, around.random, clock),
                new ReplayNotices(store.notices, around.wake, clock),
                new GiveUpNotices(store.notices, clock));
    }

    /// The ports that keep things.
    public record Store(Notices notices, Webhooks webhooks, Calls calls, Transcripts transcripts) {}

    /// The ports that do things, and the settings.
    ///
    /// @param random cryptographically strong
    public record Surroundings(
            ResultSender sender,
            Sending sending,
            Wake wake,
            NoticeObserver observer,
            DeliverySchedule schedule,
            RandomGenerator random,
            InstantSource clock) {}
}
