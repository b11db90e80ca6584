package linekeeper.telephony.twilio;

import static linekeeper.telephony.twilio.Orders.DEFAULTS;
import static linekeeper.telephony.twilio.Orders.RESERVED;
import static linekeeper.telephony.twilio.Orders.TO;
import static linekeeper.telephony.twilio.Orders.execution;
import static linekeeper.telephony.twilio.Orders.order;
import static linekeeper.telephony.twilio.Orders.settings;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.port.DialResult;
import linekeeper.application.port.Lookup;
import linekeeper.domain.ConversationId;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.call.Line;
import linekeeper.telephony.exchange.Exchanger;
import linekeeper.telephony.twilio.TwilioSettings.Defaults;
import linekeeper.telephony.twilio.fake.CreateRequest;
import linekeeper.telephony.twilio.fake.FakeCall;
import linekeeper.telephony.twilio.fake.FakeTwilio;
import linekeeper.telephony.twilio.fake.Fault;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.URI;
import java.time.Duration;

/// Twilio's contract over real HTTP, with every way it can go wrong (B2, H1, H2).
@Timeout(60)
final class TwilioProviderTest {
    private static final String CALLBACK =
            "https://calls.example.com/webhooks/twilio/%s"
                    + "?account_id=default&call_id=EL_12345_2025-11-21T10:30:00Z&attempt=1"
                    + "#rc=3&rp=5xx,ct,rt";

    private final FakeTwilio twilio = FakeTwilio.start();
    private final Exchanger exchanger = new Exchanger(Duration.ofMillis(400));
    private final TwilioProvider provider = provider(settings(twilio.url()));

    @AfterEach
    void close() {
        exchanger.close();
        twilio.close();
    }

    @Test
    void dialsOnceWithOurIdsInEveryUrl() {
        DialResult result = provider.dial(order("EL_12345_2025-11-21T10:30:00Z"));

        FakeCall placed = twilio.calls().getFirst();
        assertThat(result)
                .isEqualTo(
                        new DialResult.Accepted(
                                execution(placed.sid()), new ConversationId(placed.sid())));
        assertThat(twilio.creates()).hasSize(1);
        CreateRequest request = placed.request();
        assertThat(request.one("To")).isEqualTo("+14155551212");
        assertThat(request.one("From")).isEqualTo("+14155550100");
        assertThat(request.one("Timeout")).isEqualTo("60");
        assertThat(request.one("Url"))
                .isEqualTo(
                        "https://voice.example.com/twiml?lang=en&account_id=default"
                                + "&call_id=EL_12345_2025-11-21T10:30:00Z&attempt=1");
        assertThat(request.one("StatusCallback")).isEqualTo(CALLBACK.formatted("status"));
        assertThat(request.all("StatusCallbackEvent"))
                .containsExactly("initiated", "ringing", "answered", "completed");
        assertThat(request.one("MachineDetection")).isEqualTo("Enable");
        assertThat(request.one("AsyncAmd")).isEqualTo("true");
        assertThat(request.one("AsyncAmdStatusCallback")).isEqualTo(CALLBACK.formatted("amd"));
        assertThat(request.one("Record")).isEqualTo("true");
        assertThat(request.one("RecordingStatusCallback"))
                .isEqualTo(CALLBACK.formatted("recording"));
    }

    @Test
    void asksForNothingThatIsNotSet() {
        TwilioProvider plain =
                provider(
                        settings(
                                twilio.url(),
                                Orders.ACCOUNT,
                                new Defaults(
                                        "+14155550100",
                                        URI.create("https://voice.example.com"),
                                        MachineDetection.OFF,
                                        false)));

        plain.dial(order("a&b=c#d%"));

        CreateRequest request = twilio.creates().getFirst();
        assertThat(request.names())
                .containsExactlyInAnyOrder(
                        "To", "From", "Timeout", "Url", "StatusCallback", "StatusCallbackEvent");
        assertThat(request.one("Url"))
                .isEqualTo(
                        "https://voice.example.com"
                                + "?account_id=default&call_id=a%26b%3Dc%23d%25&attempt=1");
    }

    @Test
    void dialsOverTheLineOfTheCall() {
        String application = "AP0123456789abcdef0123456789abcdef";
        PhoneNumber from = new PhoneNumber("+14155550199");

        provider.dial(order("a", TO, new Line("https://other.example.com/t#x", from, null)));
        provider.dial(order("b", TO, new Line(application, from, null)));

        CreateRequest byUrl = twilio.creates().getFirst();
        assertThat(byUrl.one("From")).isEqualTo("+14155550199");
        assertThat(byUrl.one("Url"))
                .isEqualTo("https://other.example.com/t?account_id=default&call_id=a&attempt=1#x");
        CreateRequest byApplication = twilio.creates().getLast();
        assertThat(byApplication.one("ApplicationSid")).isEqualTo(application);
        assertThat(byApplication.one("Url")).isNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {
                "DROP_BEFORE",
                "DROP_AFTER",
                "HANG_BEFORE",
                "HANG_AFTER",
                "ERROR_500",
                "ERROR_500_AFTER",
                "UNAVAILABLE",
                "REQUEST_TIMEOUT",
                "MALFORMED"
            })
    void takesNoAnswerForNoRefusalAndNeverAsksTwice(Fault fault) {
        provider.dial(order("warm-up")); // So that a connection is reused.
        twilio.next(fault);

        DialResult result = provider.dial(order("a"));

        assertThat(result).isInstanceOf(DialResult.Unknown.class);
        twilio.release();
        assertThat(twilio.creates()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "TOO_MANY, TWILIO_20429, true",
        "CONCURRENCY, TWILIO_10004, true",
        "QUEUE_FULL, TWILIO_22005, true",
        "PROXY, TWILIO_HTTP_403, false"
    })
    void tellsWhatMayBeTriedAgain(Fault fault, String code, boolean later) {
        twilio.next(fault);

        var refused = (DialResult.Refused) provider.dial(order("a"));

        assertThat(refused.failure().code()).isEqualTo(code);
        assertThat(refused.retryable()).isEqualTo(later);
        assertThat(refused.failure().message()).doesNotContain("14155550100");
        assertThat(twilio.creates()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "+15005550001, 21217",
        "+15005550002, 21214",
        "+15005550003, 21215",
        "+15005550004, 21216"
    })
    void isRefusedForGoodByTheMagicNumbers(String to, String code) {
        var refused =
                (DialResult.Refused)
                        provider.dial(order("a", new PhoneNumber(to), Orders.DEFAULT_LINE));

        assertThat(refused.failure().code()).isEqualTo("TWILIO_" + code);
        assertThat(refused.failure().message()).isEqualTo("Refused ***");
        assertThat(refused.retryable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"+15005550001, 21212", "+4930123456, 21210"})
    void isRefusedANumberThatIsNotItsOwn(String from, String code) {
        Line line = new Line(null, new PhoneNumber(from), null);

        var refused = (DialResult.Refused) provider.dial(order("a", TO, line));

        assertThat(refused.failure().code()).isEqualTo("TWILIO_" + code);
    }

    @Test
    void isRefusedWithTheWrongToken() {
        TwilioAccount wrong = new TwilioAccount(FakeTwilio.ACCOUNT_SID, "wrong");

        var refused =
                (DialResult.Refused)
                        provider(settings(twilio.url(), wrong, DEFAULTS)).dial(order("a"));

        assertThat(refused.failure().code()).isEqualTo("TWILIO_20003");
        assertThat(refused.retryable()).isFalse();
    }

    @Test
    void saysWhatIsMissingAndAsksNobody() {
        assertThat(provider(settings(twilio.url(), null, DEFAULTS)).configured()).isFalse();
        assertThat(provider(settings(twilio.url())).configured()).isTrue();
        assertThat(refusal(null, DEFAULTS, null)).isEqualTo("TWILIO_NOT_CONFIGURED");
        assertThat(refusal(Orders.ACCOUNT, Defaults.NONE, null)).isEqualTo("FROM_REQUIRED");
        Defaults voiceless = new Defaults("+14155550100", null, MachineDetection.OFF, false);
        assertThat(refusal(Orders.ACCOUNT, voiceless, null)).isEqualTo("AGENT_REQUIRED");
        assertThat(refusal(Orders.ACCOUNT, DEFAULTS, "agent-7")).isEqualTo("AGENT_INVALID");
        assertThat(refusal(Orders.ACCOUNT, DEFAULTS, "http://")).isEqualTo("AGENT_INVALID");
        assertThat(twilio.creates()).isEmpty();
    }

    private String refusal(
            @Nullable TwilioAccount account, Defaults defaults, @Nullable String agent) {
        TwilioProvider poor = provider(settings(twilio.url(), account, defaults));
        var refused = (DialResult.Refused) poor.dial(order("a", TO, new Line(agent, null, null)));
        assertThat(refused.retryable()).isFalse();
        return refused.failure().code();
    }

    @Test
    void knowsThatNothingWasSentToAClosedPort() {
        TwilioProvider nowhere = provider(settings(URI.create("http://127.0.0.1:1")));

        assertThat(nowhere.dial(order("a"))).isInstanceOf(DialResult.NotSent.class);
        assertThat(nowhere.find(order("a"), RESERVED)).isInstanceOf(Lookup.Undecided.class);
        assertThat(nowhere.get(execution("CA1"))).isInstanceOf(Lookup.Undecided.class);
    }

    private TwilioProvider provider(TwilioSettings settings) {
        return new TwilioProvider(settings, exchanger, new Orders.Known(), () -> RESERVED);
    }
}
