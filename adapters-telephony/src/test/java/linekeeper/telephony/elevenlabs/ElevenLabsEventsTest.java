package linekeeper.telephony.elevenlabs;

import static linekeeper.telephony.elevenlabs.TestOrders.LISTED_WITHIN;
import static linekeeper.telephony.elevenlabs.TestOrders.request;
import static linekeeper.telephony.elevenlabs.TestOrders.settings;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.AcceptCall;
import linekeeper.application.CallEngine;
import linekeeper.application.DialRules;
import linekeeper.application.RecordProviderEvent.Recorded;
import linekeeper.application.port.CallObserver;
import linekeeper.application.port.Dialing;
import linekeeper.application.port.Providers;
import linekeeper.application.port.WebhookReader;
import linekeeper.application.port.WebhookReader.Posted;
import linekeeper.application.world.MemoryStores;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.Failure;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.UnconfirmedCall;
import linekeeper.telephony.elevenlabs.fake.FakeConversation;
import linekeeper.telephony.elevenlabs.fake.FakeElevenLabs;
import linekeeper.telephony.elevenlabs.fake.Fault;
import linekeeper.telephony.elevenlabs.fake.SignedEvents;
import linekeeper.telephony.exchange.Exchanger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// ElevenLabs' events and lost answers, through the real use cases over the in-memory stores (H1-H3).
@Timeout(60)
final class ElevenLabsEventsTest {
    private static final String SECRET = "wsec_test_secret";

    private final FakeElevenLabs fake = FakeElevenLabs.start();
    private final Exchanger exchanger = new Exchanger(Duration.ofSeconds(2));
    private final ElevenLabsWebhooks webhooks =
            new ElevenLabsWebhooks(settings(fake.url(), Trunk.TWILIO));
    private final MemoryStores stores = new MemoryStores(Limits.of(10, 10));
    private final CallEngine engine = engine();
    private Instant now = Instant.now();

    @AfterEach
    void close() {
        exchanger.close();
        fake.close();
    }

    @Test
    void endsACallOnceHoweverOftenItIsTold() {
        FakeConversation placed = dial("a");
        fake.become(placed, "done");
        String event = SignedEvents.transcription(placed);

        assertThat(post(event)).isEqualTo(Recorded.APPLIED);
        assertThat(post(event)).isEqualTo(Recorded.NOTHING_NEW);

        EndedCall ended = (EndedCall) call("a");
        assertThat(ended.outcome()).isEqualTo(new Outcome.Completed());
        assertThat(ended.facts().recordingUrl()).endsWith(placed.id() + "/audio");
        assertThat(stores.engine().slots().held(AccountId.DEFAULT, 10)).isEmpty();
    }

    @Test
    void staysWithTheEndThatCameFirst() {
        FakeConversation placed = dial("a");
        fake.become(placed, "processing");
        String early = SignedEvents.transcription(placed);

        assertThat(post(SignedEvents.initiationFailure(placed, "busy")))
                .isEqualTo(Recorded.APPLIED);
        post(early);
        fake.become(placed, "done");
        post(SignedEvents.transcription(placed));

        assertThat(((EndedCall) call("a")).outcome()).isEqualTo(new Outcome.Busy());
    }

    @Test
    void findsACallByItsConversationAloneWhenOurIdsAreNotTold() {
        FakeConversation placed = dial("a");

        assertThat(post(SignedEvents.initiationFailure(placed, "no-answer")))
                .isEqualTo(Recorded.APPLIED);

        assertThat(((EndedCall) call("a")).outcome()).isEqualTo(new Outcome.NoAnswer());
    }

    @Test
    void keepsAFailureThatComesBeforeItsConversationIsKnown() {
        FakeConversation placed = lose("a", Fault.NULL_CONVERSATION);
        assertThat(call("a")).isInstanceOf(UnconfirmedCall.class);

        assertThat(post(SignedEvents.initiationFailure(placed, "busy"))).isEqualTo(Recorded.PARKED);
        settle(DialRules.DEFAULT.grace());

        assertThat(((EndedCall) call("a")).outcome()).isEqualTo(new Outcome.Busy());
    }

    @Test
    void bindsACallWhoseAnswerWasLostByItsTranscription() {
        FakeConversation placed = lose("a", Fault.DROP_AFTER);
        fake.become(placed, "done");

        assertThat(post(SignedEvents.transcription(placed))).isEqualTo(Recorded.BOUND);

        EndedCall ended = (EndedCall) call("a");
        assertThat(ended.execution())
                .isEqualTo(new ExecutionId(ElevenLabsProvider.NAME, placed.id()));
        assertThat(fake.ledger().creates()).isEqualTo(1);
    }

    @Test
    void findsACallWhoseAnswerWasLostWithoutAnyEvent() {
        FakeConversation placed = lose("a", Fault.ERROR_500_AFTER);
        fake.userIdsLag(true);

        settle(DialRules.DEFAULT.grace());

        assertThat(((ActiveCall) call("a")).execution().value()).isEqualTo(placed.id());
        assertThat(fake.ledger().creates()).isEqualTo(1);
    }

    @Test
    void givesAListTimeBeforeItSaysThatNobodyWasCalled() {
        fake.next(Fault.NULL_IDS);
        place("a");

        settle(DialRules.DEFAULT.grace());
        assertThat(call("a")).isInstanceOf(UnconfirmedCall.class);
        settle(LISTED_WITHIN.minus(DialRules.DEFAULT.grace()));

        Outcome outcome = ((EndedCall) call("a")).outcome();
        assertThat(((Outcome.Failed) outcome).failure().code()).isEqualTo(Failure.DIAL_NOT_PLACED);
        assertThat(fake.ledger().creates()).isEqualTo(1);
    }

    @Test
    void knowsNoCallsOfOthers() {
        FakeConversation placed = dial("a");
        fake.become(placed, "done");
        String others =
                SignedEvents.transcription(placed)
                        .replace("\"call_id\":\"a\"", "\"call_id\":\"b\"");

        assertThat(post(others)).isEqualTo(Recorded.UNKNOWN_CALL);
        assertThat(call("a")).isInstanceOf(ActiveCall.class);
    }

    private FakeConversation dial(String id) {
        place(id);
        assertThat(call(id)).isInstanceOf(ActiveCall.class);
        return fake.ledger().of(id);
    }

    private FakeConversation lose(String id, Fault fault) {
        fake.next(fault);
        place(id);
        return fake.ledger().of(id);
    }

    private void place(String id) {
        var accepted = engine.placeCall().start(request(key(id), "{}"));
        engine.dialCall().dial(((AcceptCall.Starts) accepted).call());
    }

    private void settle(Duration after) {
        now = now.plus(after);
        engine.reconcile().runOnce();
    }

    private Recorded post(String event) {
        byte[] body = event.getBytes(StandardCharsets.UTF_8);
        Posted posted =
                new Posted(
                        URI.create("https://us.test/webhooks/elevenlabs"),
                        Map.of("elevenlabs-signature", SignedEvents.signature(SECRET, now, body)),
                        body);
        var told = (WebhookReader.Told) webhooks.read(posted, now);
        return engine.recordProviderEvent().webhook(told.report());
    }

    private Call call(String id) {
        return stores.engine().calls().find(key(id)).orElseThrow();
    }

    private static CallKey key(String id) {
        return new CallKey(AccountId.DEFAULT, new CallId(id));
    }

    private CallEngine engine() {
        var provider = new ElevenLabsProvider(settings(fake.url(), Trunk.TWILIO), exchanger, null);
        return CallEngine.over(
                stores.engine(),
                new CallEngine.Surroundings(
                        new Providers(List.of(provider)),
                        ElevenLabsProvider.NAME,
                        new Nobody(),
                        account -> {},
                        CallObserver.NONE,
                        DialRules.DEFAULT,
                        () -> now));
    }

    /// Calls are dialed by the test itself.
    private static final class Nobody implements Dialing {
        @Override
        public void submit(ReservedCall call) {}

        @Override
        public int room() {
            return 10;
        }
    }
}
