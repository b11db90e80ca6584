package linekeeper.application.contract;

import linekeeper.application.port.Webhooks;
import linekeeper.domain.AccountId;
import linekeeper.domain.notice.NoticeType;
import linekeeper.domain.notice.SigningSecrets;
import linekeeper.domain.notice.Webhook;
import linekeeper.domain.notice.WebhookSecret;

import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Webhooks that are set up, pointed elsewhere, rotated, disabled and removed while there is something
/// to tell (A5, H4).
final class RandomWebhooks {
    private final HistoryCourse course;

    RandomWebhooks(HistoryCourse course) {
        this.course = course;
    }

    void change() {
        AccountId account = course.account();
        Webhooks webhooks = course.node().webhooks();
        switch (course.random.nextInt(7)) {
            case 0 -> course.answered("removed " + webhooks.remove(account));
            case 1 -> told(webhooks.update(account, one -> one.disabled("gone", course.now())));
            case 2 -> {
                WebhookSecret secret = secret();
                told(webhooks.update(account, one -> one.rotated(secret, course.now())));
            }
            default -> setUp(account);
        }
        told(course.node().webhooks().find(account));
    }

    void setUp(AccountId account) {
        URI url = URI.create("https://backend.example/" + course.random.nextInt(10));
        Set<NoticeType> events = events();
        WebhookSecret secret = secret();
        Webhook fresh =
                new Webhook(account, url, events, SigningSecrets.of(secret), null, course.now());
        told(
                Optional.of(
                        course.node()
                                .webhooks()
                                .put(
                                        account,
                                        before ->
                                                before.map(one -> one.pointedTo(url, events))
                                                        .orElse(fresh))));
    }

    private Set<NoticeType> events() {
        Set<NoticeType> events = EnumSet.allOf(NoticeType.class);
        if (course.once(2)) {
            events.remove(course.oneOf(List.of(NoticeType.values())));
        }
        return events;
    }

    private WebhookSecret secret() {
        return new WebhookSecret("whsec_" + course.random.nextInt(1_000_000));
    }

    /// Its secrets, too, which its text hides.
    private void told(Optional<Webhook> webhook) {
        course.answered(
                webhook.map(
                        one ->
                                "webhook %s %s %s %s %s %s %s"
                                        .formatted(
                                                one.account(),
                                                one.url(),
                                                new TreeSet<>(one.events()),
                                                one.secrets().valid(course.now()).stream()
                                                        .map(WebhookSecret::value)
                                                        .toList(),
                                                one.secrets().retired(),
                                                one.disabled(),
                                                one.createdAt())));
    }
}
