package linekeeper.telephony.twilio;

import static linekeeper.telephony.twilio.Orders.RESERVED;
import static linekeeper.telephony.twilio.Orders.TO;
import static linekeeper.telephony.twilio.Orders.settings;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.port.StopResult;
import linekeeper.telephony.exchange.Exchanger;
import linekeeper.telephony.twilio.fake.FakeCall;
import linekeeper.telephony.twilio.fake.FakeTwilio;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.time.Duration;

/// Taking back and hanging up (H5).
@Timeout(60)
final class TwilioCallsTest {
    private final FakeTwilio twilio = FakeTwilio.start();
    private final Exchanger exchanger = new Exchanger(Duration.ofSeconds(5));
    private final TwilioCalls calls = new TwilioCalls(settings(twilio.url()), exchanger);

    @AfterEach
    void close() {
        exchanger.close();
        twilio.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"queued", "ringing"})
    void takesBackWhatIsNotAnswered(String status) {
        FakeCall call = call(status);

        assertThat(calls.hangUp(call.sid())).isEqualTo(new StopResult.Stopped());
        assertThat(call.status()).isEqualTo("canceled");
    }

    @Test
    void hangsUpWhatIsAnswered() {
        FakeCall call = call("in-progress");

        assertThat(calls.hangUp(call.sid())).isEqualTo(new StopResult.HangingUp());
        assertThat(call.status()).isEqualTo("completed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"completed", "busy", "no-answer", "failed", "canceled"})
    void cannotEndWhatIsOver(String status) {
        FakeCall call = call(status);

        assertThat(calls.hangUp(call.sid()))
                .isEqualTo(new StopResult.Impossible("The call is already over"));
        assertThat(call.status()).isEqualTo(status);
    }

    @Test
    void cannotEndWhatTwilioDoesNotKnow() {
        assertThat(calls.hangUp("CA1"))
                .isEqualTo(new StopResult.Impossible("Twilio knows no such call"));
    }

    @Test
    void cannotEndAnythingWithoutAnAccount() {
        TwilioCalls nobodys =
                new TwilioCalls(settings(twilio.url(), null, Orders.DEFAULTS), exchanger);

        assertThat(nobodys.hangUp("CA1")).isInstanceOf(StopResult.Impossible.class);
    }

    @Test
    void doesNotKnowWhatBecameOfAQuestionWithoutAnAnswer() {
        TwilioCalls nowhere =
                new TwilioCalls(settings(URI.create("http://127.0.0.1:1")), exchanger);

        assertThat(nowhere.hangUp("CA1")).isInstanceOf(StopResult.Unknown.class);
    }

    private FakeCall call(String status) {
        FakeCall call = twilio.placed(TO.value(), RESERVED);
        call.become(status);
        return call;
    }
}
