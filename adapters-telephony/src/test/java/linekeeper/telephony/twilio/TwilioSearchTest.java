package linekeeper.telephony.twilio;

import static linekeeper.telephony.twilio.Orders.RESERVED;
import static linekeeper.telephony.twilio.Orders.TO;
import static linekeeper.telephony.twilio.Orders.execution;
import static linekeeper.telephony.twilio.Orders.key;
import static linekeeper.telephony.twilio.Orders.order;
import static linekeeper.telephony.twilio.Orders.settings;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.port.DialResult;
import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.Lookup;
import linekeeper.telephony.exchange.Exchanger;
import linekeeper.telephony.twilio.fake.FakeCall;
import linekeeper.telephony.twilio.fake.FakeTwilio;
import linekeeper.telephony.twilio.fake.Fault;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.time.Instant;

/// A lost call is found by exclusion, and "absent" is said only of what cannot be there (H2).
@Timeout(60)
final class TwilioSearchTest {
    private static final Instant LATER = RESERVED.plusSeconds(120);

    private final FakeTwilio twilio = FakeTwilio.start();
    private final Exchanger exchanger = new Exchanger(Duration.ofSeconds(5));
    private final Orders.Known ours = new Orders.Known();
    private final TwilioProvider provider =
            new TwilioProvider(settings(twilio.url()), exchanger, ours, () -> LATER);

    @AfterEach
    void close() {
        exchanger.close();
        twilio.close();
    }

    @Test
    void findsTheCallWhoseAnswerWasLost() {
        twilio.next(Fault.ERROR_500_AFTER);
        assertThat(provider.dial(order("a"))).isInstanceOf(DialResult.Unknown.class);
        FakeCall lost = twilio.calls().getFirst();

        ExecutionReport report = ((Lookup.Found) provider.find(order("a"), LATER)).report();

        assertThat(report.execution()).isEqualTo(execution(lost.sid()));
        assertThat(report.echo()).isEqualTo(order("a").echo());
    }

    @Test
    void saysAbsentWhenTheAttemptMustBeListedByNow() {
        twilio.placed(TO.value(), RESERVED.minusSeconds(3_600));
        twilio.placed("+14155551299", RESERVED.plusSeconds(1));

        assertThat(find(LATER.minusMillis(1))).isInstanceOf(Lookup.Undecided.class);
        assertThat(find(LATER)).isEqualTo(new Lookup.Absent());
    }

    @Test
    void waitsForACallThatIsNotListedYet() {
        FakeCall call = twilio.placed(TO.value(), RESERVED.plusSeconds(1));
        call.hide();

        assertThat(find(RESERVED.plusSeconds(60))).isInstanceOf(Lookup.Undecided.class);
        call.show();
        assertThat(find(RESERVED.plusSeconds(75))).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void excludesTheCallsThatAreKnownToBeOthers() {
        FakeCall others = twilio.placed(TO.value(), RESERVED.plusSeconds(1));
        FakeCall mine = twilio.placed(TO.value(), RESERVED.plusSeconds(2));
        assertThat(find(LATER)).isInstanceOf(Lookup.Undecided.class);

        ours.owners.put(execution(others.sid()), key("b"));

        assertThat(((Lookup.Found) find(LATER)).report().execution())
                .isEqualTo(execution(mine.sid()));
        ours.owners.put(execution(mine.sid()), key("c"));
        assertThat(find(LATER)).isEqualTo(new Lookup.Absent());
    }

    @Test
    void doesNotGuessWhichOfTwoAttemptsACallBelongsTo() {
        twilio.placed(TO.value(), RESERVED.plusSeconds(1));
        ours.unbound = 2;

        assertThat(find(LATER)).isInstanceOf(Lookup.Undecided.class);
    }

    @Test
    void doesNotTakeAnAttemptFromShortlyBeforeForThisOne() {
        twilio.placed(TO.value(), RESERVED.minusSeconds(30));

        assertThat(find(LATER)).isInstanceOf(Lookup.Undecided.class);
    }

    @Test
    void forgivesTheMissingFractionsOfASecond() {
        twilio.placed(TO.value(), RESERVED);

        assertThat(find(LATER)).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void readsEveryPage() {
        for (int i = 0; i < 7; i++) {
            twilio.placed(TO.value(), RESERVED.minusSeconds(3_600 + i));
        }
        twilio.pagesOf(2);
        assertThat(find(LATER)).isEqualTo(new Lookup.Absent());

        // The newest come first; the fake lists in the order of creation.
        FakeCall first = twilio.calls().getFirst();
        ours.owners.put(execution(first.sid()), key("b"));
        FakeCall lost = twilio.placed(TO.value(), RESERVED.plusSeconds(3));
        for (int i = 0; i < 5; i++) {
            twilio.placed(TO.value(), RESERVED.minusSeconds(3_600));
        }
        assertThat(((Lookup.Found) find(LATER)).report().execution())
                .isEqualTo(execution(lost.sid()));
    }

    @Test
    void leavesTheQuestionOpenWhenThereIsTooMuchToRead() {
        for (int i = 0; i < 42; i++) {
            twilio.placed(TO.value(), RESERVED.minusSeconds(3_600));
        }
        twilio.pagesOf(2);

        assertThat(find(LATER)).isInstanceOf(Lookup.Undecided.class);
    }

    private Lookup find(Instant now) {
        return provider.find(order("a"), now);
    }
}
