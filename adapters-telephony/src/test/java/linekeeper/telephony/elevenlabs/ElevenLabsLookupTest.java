package linekeeper.telephony.elevenlabs;

import static linekeeper.telephony.elevenlabs.TestOrders.LISTED_WITHIN;
import static linekeeper.telephony.elevenlabs.TestOrders.order;
import static linekeeper.telephony.elevenlabs.TestOrders.settings;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.port.DialOrder;
import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.Lookup;
import linekeeper.application.port.StopResult;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.Progress;
import linekeeper.telephony.elevenlabs.fake.FakeConversation;
import linekeeper.telephony.elevenlabs.fake.FakeElevenLabs;
import linekeeper.telephony.elevenlabs.fake.Fault;
import linekeeper.telephony.exchange.Exchanger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Asking ElevenLabs what became of a call, and to end one, over real HTTP (H2, H5).
@Timeout(60)
final class ElevenLabsLookupTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final FakeElevenLabs fake = FakeElevenLabs.start();
    private final Exchanger exchanger = new Exchanger(TIMEOUT);
    private final ElevenLabsProvider provider =
            new ElevenLabsProvider(settings(fake.url(), Trunk.TWILIO), exchanger, null);
    private final Instant later = Instant.now().plus(LISTED_WITHIN).plusSeconds(60);

    @AfterEach
    void close() {
        exchanger.close();
        fake.close();
    }

    @Test
    void findsALostCallByOurId() {
        dialOthers(20);
        lose("lost&page_size=0");

        Lookup found = provider.find(order("lost&page_size=0"), Instant.now());

        assertThat(echo(found)).isEqualTo(order("lost&page_size=0").echo());
        assertThat(fake.ledger().reads("list")).isEqualTo(1);
        assertThat(fake.ledger().reads("conversation")).isEqualTo(1);
    }

    @Test
    void findsItInTheWindowWhileTheIndexLags() {
        dialOthers(60);
        lose("lost");
        dialOthers(60);
        fake.userIdsLag(true);

        assertThat(echo(provider.find(order("lost"), Instant.now())))
                .isEqualTo(order("lost").echo());
    }

    @Test
    void tellsEqualIdsOfOtherAccountsAndAttemptsApart() {
        provider.dial(order("other", "same", 1));
        provider.dial(order("default", "same", 1));
        provider.dial(order("default", "same", 2));

        Lookup found = provider.find(order("default", "same", 2), later);
        Lookup absent = provider.find(order("default", "same", 3), later);

        assertThat(echo(found)).isEqualTo(order("default", "same", 2).echo());
        assertThat(absent).isEqualTo(new Lookup.Absent());
    }

    @Test
    void saysAbsentOnlyWhenItWouldBeListed() {
        dialOthers(3);
        DialOrder never = order("never");
        Instant listed = never.reservedAt().plus(LISTED_WITHIN);

        assertThat(provider.find(never, listed.minusMillis(1)))
                .isInstanceOf(Lookup.Undecided.class);
        assertThat(provider.find(never, listed)).isEqualTo(new Lookup.Absent());
    }

    @Test
    void opensAConversationOfOursOnlyOnce() {
        dialOthers(30);
        provider.find(order("never"), later);
        long opened = fake.ledger().reads("conversation");

        provider.find(order("never-either"), later);

        assertThat(opened).isEqualTo(30);
        assertThat(fake.ledger().reads("conversation")).isEqualTo(30);
    }

    @Test
    void leavesToTheNextRoundWhatOneCouldNotOpen() {
        dialOthers(130);

        assertThat(provider.find(order("never"), later)).isInstanceOf(Lookup.Undecided.class);
        assertThat(provider.find(order("never"), later)).isEqualTo(new Lookup.Absent());
    }

    @Test
    void isNotSureOfWhatItCannotRead() {
        dialOthers(3);

        fake.reads(500, "");
        assertThat(provider.find(order("never"), later)).isInstanceOf(Lookup.Undecided.class);
        fake.reads(404, "");
        assertThat(provider.find(order("never"), later)).isInstanceOf(Lookup.Undecided.class);
        fake.reads(200, "<html>");
        assertThat(provider.find(order("never"), later)).isInstanceOf(Lookup.Undecided.class);
        fake.reads(
                200, "{\"conversation_id\":\"c\",\"status\":\"initiated\",\"user_id\":\"never\"}");
        assertThat(provider.find(order("never"), later)).isInstanceOf(Lookup.Undecided.class);
    }

    @Test
    void waitsForOneTimeOutOnly() {
        dialOthers(10);
        fake.reads(0, "");

        assertThat(provider.find(order("never"), later)).isInstanceOf(Lookup.Undecided.class);

        assertThat(fake.ledger().reads("conversation")).isEqualTo(1);
    }

    @Test
    void passesOverConversationsThatAreNobodysOfOurs() {
        dialOthers(2);
        fake.reads(200, "{\"conversation_id\":\"widget\",\"status\":\"done\"}");

        assertThat(provider.find(order("never"), later)).isEqualTo(new Lookup.Absent());
    }

    @Test
    void learnsNothingFromAServerThatIsNotThere() {
        ElevenLabsProvider nowhere =
                new ElevenLabsProvider(
                        settings(URI.create("http://127.0.0.1:1"), Trunk.TWILIO), exchanger, null);

        assertThat(nowhere.find(order("a"), later)).isInstanceOf(Lookup.Undecided.class);
        assertThat(nowhere.get(execution("c"))).isInstanceOf(Lookup.Undecided.class);
    }

    @Test
    void asksWhatBecameOfAConversation() {
        provider.dial(order("a"));
        FakeConversation placed = fake.ledger().of("a");
        ExecutionId execution = execution(placed.id());

        assertThat(stage(provider.get(execution)))
                .isEqualTo(new ExecutionReport.Reached(Progress.PLACED));
        fake.become(placed, "in-progress");
        assertThat(stage(provider.get(execution)))
                .isEqualTo(new ExecutionReport.Reached(Progress.ANSWERED));
        fake.become(placed, "failed", "no_answer");
        assertThat(stage(provider.get(execution)))
                .isEqualTo(new ExecutionReport.Over(new Outcome.NoAnswer()));
        assertThat(provider.get(execution("nobody"))).isEqualTo(new Lookup.Absent());
    }

    @Test
    void isNotToldOfAnotherConversationThanItAskedFor() {
        fake.reads(200, "{\"conversation_id\":\"other\",\"status\":\"done\"}");

        assertThat(provider.get(execution("c"))).isInstanceOf(Lookup.Undecided.class);
    }

    @Test
    void endsCallsThroughTheAccountThatOwnsTheNumber() {
        List<String> ended = new ArrayList<>();
        ElevenLabsProvider owning =
                new ElevenLabsProvider(
                        settings(fake.url(), Trunk.TWILIO),
                        exchanger,
                        sid -> {
                            ended.add(sid);
                            return new StopResult.HangingUp();
                        });
        provider.dial(order("a"));
        FakeConversation placed = fake.ledger().of("a");

        assertThat(owning.stop(execution(placed.id()))).isEqualTo(new StopResult.HangingUp());
        assertThat(ended).containsExactly(placed.callSid());
    }

    @Test
    void saysWhyACallCannotBeEnded() {
        ElevenLabsProvider owning =
                new ElevenLabsProvider(
                        settings(fake.url(), Trunk.TWILIO), exchanger, sid -> ended());
        ElevenLabsProvider trunk =
                new ElevenLabsProvider(settings(fake.url(), Trunk.SIP), exchanger, sid -> ended());

        assertThat(why(provider.stop(execution("c")))).contains("LINEKEEPER_TWILIO_ACCOUNTSID");
        assertThat(why(trunk.stop(execution("c")))).contains("SIP trunk's vendor");
        assertThat(why(owning.stop(execution("nobody")))).contains("does not know the call");
        fake.reads(200, "{\"conversation_id\":\"c\",\"status\":\"initiated\"}");
        assertThat(why(owning.stop(execution("c")))).contains("try again");
        fake.reads(503, "");
        assertThat(why(owning.stop(execution("c")))).contains("HTTP 503");
        fake.reads(0, "");
        assertThat(why(owning.stop(execution("c")))).contains("no answer within");
    }

    private static StopResult ended() {
        throw new AssertionError("nothing was to be ended");
    }

    private static String why(StopResult result) {
        return ((StopResult.Impossible) result).why();
    }

    private void dialOthers(int count) {
        for (int i = 0; i < count; i++) {
            provider.dial(order("other-" + i));
        }
    }

    private void lose(String id) {
        fake.next(Fault.DROP_AFTER);
        provider.dial(order(id));
    }

    private static ExecutionId execution(String id) {
        return new ExecutionId(ElevenLabsProvider.NAME, id);
    }

    private static ExecutionReport.@Nullable Echo echo(Lookup lookup) {
        assertThat(lookup).isInstanceOf(Lookup.Found.class);
        return ((Lookup.Found) lookup).report().echo();
    }

    private static ExecutionReport.Stage stage(Lookup lookup) {
        return ((Lookup.Found) lookup).report().stage();
    }
}
