package linekeeper.http.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

import linekeeper.application.contract.TestCalls;
import linekeeper.application.port.ResultSender.Answered;
import linekeeper.application.port.ResultSender.Message;
import linekeeper.application.port.ResultSender.NotAnswered;
import linekeeper.application.port.ResultSender.Sent;
import linekeeper.application.port.Transcripts.Line;
import linekeeper.domain.AccountId;
import linekeeper.domain.ConversationId;
import linekeeper.domain.LeaseToken;
import linekeeper.domain.call.AcceptedCall;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.Spoken;
import linekeeper.domain.notice.Notice;
import linekeeper.domain.notice.NoticeId;
import linekeeper.domain.notice.NoticeType;
import linekeeper.domain.notice.SigningSecrets;
import linekeeper.domain.notice.Telling;
import linekeeper.domain.notice.Webhook;
import linekeeper.domain.notice.WebhookSecret;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.StringReader;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// One signed request per message, to public addresses only, whatever the receiver does (A5, I3).
final class HttpResultSenderTest {
    private static final Instant NOW = TestCalls.NOW;
    private static final WebhookSecret SECRET = new WebhookSecret("whsec_b2xkIHNlY3JldA==");
    private static final WebhookSecret FRESH = new WebhookSecret("whsec_bmV3IHNlY3JldA==");

    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor();
    private FakeReceiver receiver;

    @BeforeEach
    void open() throws Exception {
        receiver = new FakeReceiver();
    }

    @AfterEach
    void close() {
        receiver.close();
        deadlines.shutdownNow();
    }

    @Test
    void sendsTheContractsBody() {
        assertThat(send(webhook(receiver.url()))).isEqualTo(new Answered(200, null));

        FakeReceiver.Got got = receiver.got.getFirst();
        assertThat(got.path()).hasToString("/results?x=1");
        assertThat(got.header("Content-type")).startsWith("application/json");
        assertThat(json(got.body()))
                .isEqualTo(
                        json(
                                """
                                {"type": "call.ended", "timestamp": "2026-03-29T00:59:59.123456Z",
                                 "sequence": 4, "call_id": "a", "campaign_id": "autumn",
                                 "status": "completed",
                                 "transcript": [{"sequence": 1, "role": "agent", "text": "Grüezi"}],
                                 "recording_url": "https://recordings.example/1",
                                 "duration_seconds": 12.5, "error_code": null,
                                 "error_message": null, "attempt": 1, "execution_id": "x",
                                 "conversation_id": "conv-1",
                                 "user_data": {"b": 1, "a": [true, null]}}
                                """));
    }

    @Test
    void tellsOfAnAttemptWhatTheTimelineSays() {
        Map<String, String> told =
                Map.of("status", "busy", "attempt", "2", "execution_id", "x-2", "by", "provider");
        Notice notice = notice(NoticeType.ATTEMPT_ENDED);

        sender(true)
                .send(webhook(receiver.url()), new Message(notice, ended(), told, List.of(), NOW));

        JsonObject body = json(receiver.got.getFirst().body());
        assertThat(body.getString("type")).isEqualTo("call.attempt_ended");
        assertThat(body.getString("status")).isEqualTo("busy");
        assertThat(body.getInt("attempt")).isEqualTo(2);
        assertThat(body.getString("execution_id")).isEqualTo("x-2");
        assertThat(body.get("recording_url")).isEqualTo(JsonValue.NULL);
    }

    /// Against a computation of our own, with both secrets after a rotation.
    @Test
    void signsWithEverySecretThatIsValid() throws Exception {
        Webhook rotated = webhook(receiver.url()).rotated(FRESH, NOW.minusSeconds(60));

        send(rotated);

        FakeReceiver.Got got = receiver.got.getFirst();
        String id = got.header("Webhook-id");
        assertThat(id).isEqualTo(new NoticeId(TestCalls.key("a"), 4).text());
        assertThat(got.header("Webhook-timestamp")).isEqualTo("" + NOW.getEpochSecond());
        String content = id + "." + NOW.getEpochSecond() + "." + got.body();
        assertThat(got.header("Webhook-signature"))
                .isEqualTo(
                        "v1," + hmac("new secret", content) + " v1," + hmac("old secret", content));
        assertThat(SigningSecrets.of(SECRET).rotated(FRESH, NOW).valid(NOW.plusSeconds(86_400)))
                .containsExactly(FRESH);
    }

    @Test
    void followsNoRedirect() throws Exception {
        try (FakeReceiver elsewhere = new FakeReceiver()) {
            receiver.answers(
                    exchange -> {
                        exchange.getResponseHeaders().add("Location", elsewhere.url().toString());
                        FakeReceiver.answer(exchange, 307);
                    });

            assertThat(send(webhook(receiver.url()))).isEqualTo(new Answered(307, null));
            assertThat(elsewhere.got).isEmpty();
        }
    }

    @Test
    void asksNobodyTwice() {
        receiver.answers(exchange -> FakeReceiver.answer(exchange, 503));
        assertThat(send(webhook(receiver.url()))).isEqualTo(new Answered(503, null));
        receiver.answers(HttpExchange::close);
        assertThat(send(webhook(receiver.url()))).isInstanceOf(NotAnswered.class);

        assertThat(receiver.got).hasSize(2);
    }

    @Test
    void readsRetryAfter() {
        receiver.answers(
                exchange -> {
                    exchange.getResponseHeaders().add("Retry-After", "120");
                    FakeReceiver.answer(exchange, 429);
                });

        assertThat(send(webhook(receiver.url())))
                .isEqualTo(new Answered(429, Duration.ofMinutes(2)));
        assertThat(RetryAfter.of("Sun, 29 Mar 2026 01:00:59 GMT", NOW))
                .isEqualTo(Duration.parse("PT59.876544S"));
        assertThat(RetryAfter.of("Sun, 29 Mar 2026 00:00:00 GMT", NOW)).isNull();
        assertThat(RetryAfter.of("soon", NOW)).isNull();
        assertThat(RetryAfter.of("-5", NOW)).isNull();
        assertThat(RetryAfter.of(null, NOW)).isNull();
    }

    @Test
    void waitsForNobodyLongerThanItsTime() {
        receiver.answers(exchange -> {});
        assertThat(sender(true, Duration.ofMillis(300)).send(webhook(receiver.url()), message()))
                .isInstanceOf(NotAnswered.class);

        receiver.answers(
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    while (true) {
                        exchange.getResponseBody().write(new byte[1 << 16]);
                    }
                });
        assertThat(send(webhook(receiver.url()))).isEqualTo(new Answered(200, null));
    }

    @Test
    void connectsToNoPrivateAddress() {
        assertThat(sender(false).send(webhook(receiver.url()), message()))
                .isEqualTo(
                        new NotAnswered(
                                "the host resolves to a private, loopback or link-local address"));
        assertThat(sender(false).send(webhook(receiver.url("[::1]")), message()))
                .isInstanceOf(NotAnswered.class);
        assertThat(receiver.got).isEmpty();
    }

    /// The name is public when it is checked and private when it is used.
    @Test
    void isNotDeceivedByANameThatChangesItsAddress() {
        Deque<String> answers = new ArrayDeque<>(List.of("93.184.216.34", "127.0.0.1"));
        AddressGuard guard =
                new AddressGuard(
                        host -> new InetAddress[] {InetAddress.ofLiteral(answers.remove())},
                        () -> false);
        URI url = receiver.url("rebind.example");

        assertThat(guard.objection(url)).isEmpty();
        try (HttpResultSender sender =
                new HttpResultSender(guard, deadlines, Duration.ofSeconds(5))) {
            assertThat(sender.send(webhook(url), message())).isInstanceOf(NotAnswered.class);
        }
        assertThat(answers).isEmpty();
        assertThat(receiver.got).isEmpty();
    }

    /// What is connected to is what was resolved, not what the name says elsewhere.
    @Test
    void connectsToTheAddressItChecked() {
        AddressGuard guard =
                new AddressGuard(
                        host -> new InetAddress[] {InetAddress.getLoopbackAddress()}, () -> true);
        try (HttpResultSender sender =
                new HttpResultSender(guard, deadlines, Duration.ofSeconds(5))) {
            assertThat(sender.send(webhook(receiver.url("no-such-host.invalid")), message()))
                    .isEqualTo(new Answered(200, null));
        }
        assertThat(receiver.got.getFirst().header("Host")).startsWith("no-such-host.invalid");
    }

    private Sent send(Webhook webhook) {
        return sender(true).send(webhook, message());
    }

    private HttpResultSender sender(boolean privateAllowed) {
        return sender(privateAllowed, Duration.ofSeconds(10));
    }

    private HttpResultSender sender(boolean privateAllowed, Duration timeout) {
        AddressGuard guard = new AddressGuard(InetAddress::getAllByName, () -> privateAllowed);
        return new HttpResultSender(guard, deadlines, timeout);
    }

    private static Webhook webhook(URI url) {
        return new Webhook(
                AccountId.DEFAULT,
                url,
                EnumSet.allOf(NoticeType.class),
                SigningSecrets.of(SECRET),
                null,
                NOW);
    }

    private static Message message() {
        List<Line> transcript = List.of(new Line(1, new Spoken("agent", "Grüezi", null)));
        return new Message(notice(NoticeType.ENDED), ended(), Map.of(), transcript, NOW);
    }

    private static Notice notice(NoticeType type) {
        return new Notice(new NoticeId(TestCalls.key("a"), 4), type, NOW, Telling.due(NOW));
    }

    private static EndedCall ended() {
        ActiveCall call =
                new AcceptedCall(
                                TestCalls.aCall("a").ofCampaign("autumn").build(),
                                TestCalls.PROVIDER,
                                NOW)
                        .enqueue()
                        .reserve(new LeaseToken(1), NOW)
                        .bind(TestCalls.execution("x"), new ConversationId("conv-1"), NOW);
        CallFacts facts =
                new CallFacts(
                        null,
                        NOW,
                        "human",
                        new BigDecimal("12.5"),
                        null,
                        "https://recordings.example/1");
        return call.end(new Outcome.Completed(), facts, NOW);
    }

    private static JsonObject json(String text) {
        return Json.createReader(new StringReader(text)).readObject();
    }

    private static String hmac(String key, String content) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return Base64.getEncoder()
                .encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
    }
}
