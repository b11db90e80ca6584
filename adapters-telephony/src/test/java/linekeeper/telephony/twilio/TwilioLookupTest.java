package linekeeper.telephony.twilio;

import static linekeeper.telephony.twilio.Orders.RESERVED;
import static linekeeper.telephony.twilio.Orders.TO;
import static linekeeper.telephony.twilio.Orders.execution;
import static linekeeper.telephony.twilio.Orders.settings;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.ExecutionReport.Over;
import linekeeper.application.port.ExecutionReport.Reached;
import linekeeper.application.port.Lookup;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.Progress;
import linekeeper.telephony.exchange.Exchanger;
import linekeeper.telephony.twilio.fake.FakeCall;
import linekeeper.telephony.twilio.fake.FakeTwilio;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;

/// What Twilio answers when it is asked about a call (H2).
@Timeout(60)
final class TwilioLookupTest {
    private final FakeTwilio twilio = FakeTwilio.start();
    private final Exchanger exchanger = new Exchanger(Duration.ofSeconds(5));
    private Instant now = RESERVED;
    private final TwilioProvider provider =
            new TwilioProvider(settings(twilio.url()), exchanger, new Orders.Known(), () -> now);

    @AfterEach
    void close() {
        exchanger.close();
        twilio.close();
    }

    @Test
    void readsACall() {
        FakeCall call = placed();
        call.become("completed");
        call.answeredBy("human");

        ExecutionReport report = report(call);

        assertThat(report.execution()).isEqualTo(execution(call.sid()));
        assertThat(report.echo()).isNull();
        assertThat(report.stage()).isEqualTo(new Over(new Outcome.Completed()));
        assertThat(report.facts().durationSeconds()).isEqualByComparingTo("41");
        assertThat(report.facts().cost()).isEqualByComparingTo("0.013");
        assertThat(report.facts().answeredBy()).isEqualTo("human");
    }

    @ParameterizedTest
    @CsvSource({"machine_start", "machine_end_beep", "machine_end_silence", "machine_end_other"})
    void callsWhatAMachineAnsweredAVoicemail(String who) {
        FakeCall call = placed();
        call.become("completed");
        call.answeredBy(who);

        assertThat(report(call).stage()).isEqualTo(new Over(new Outcome.Voicemail()));
    }

    @ParameterizedTest
    @CsvSource({"queued, PLACED", "ringing, RINGING", "in-progress, ANSWERED"})
    void readsProgress(String status, Progress progress) {
        FakeCall call = placed();
        call.become(status);

        assertThat(report(call).stage()).isEqualTo(new Reached(progress));
    }

    @Test
    void believesThatACallIsGoneOnlyAfterAWhile() {
        FakeCall call = placed();
        call.hide();

        assertThat(provider.get(execution(call.sid()))).isInstanceOf(Lookup.Undecided.class);
        now = now.plusSeconds(119);
        assertThat(provider.get(execution(call.sid()))).isInstanceOf(Lookup.Undecided.class);
        now = now.plusSeconds(1);
        assertThat(provider.get(execution(call.sid()))).isEqualTo(new Lookup.Absent());

        call.show();
        assertThat(provider.get(execution(call.sid()))).isInstanceOf(Lookup.Found.class);
        call.hide();
        assertThat(provider.get(execution(call.sid()))).isInstanceOf(Lookup.Undecided.class);
    }

    private FakeCall placed() {
        return twilio.placed(TO.value(), RESERVED);
    }

    private ExecutionReport report(FakeCall call) {
        return ((Lookup.Found) provider.get(execution(call.sid()))).report();
    }
}
