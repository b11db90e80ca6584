package linekeeper.telephony.bolna;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.port.DialOrder;
import linekeeper.application.port.DialResult;
import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.Lookup;
import linekeeper.application.port.StopResult;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.CallType;
import linekeeper.domain.call.Grouping;
import linekeeper.domain.call.Line;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.Progress;
import linekeeper.domain.call.Recipient;
import linekeeper.domain.call.Routing;
import linekeeper.domain.call.Timing;
import linekeeper.domain.call.UserData;
import linekeeper.telephony.bolna.fake.FakeBolna;
import linekeeper.telephony.bolna.fake.FakeExecution;
import linekeeper.telephony.bolna.fake.Fault;
import linekeeper.telephony.exchange.Exchanger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/// Bolna's contract over real HTTP, with every way it can go wrong (B2, H1, H2).
@Timeout(60)
final class BolnaProviderTest {
    private static final Duration TIMEOUT = Duration.ofMillis(400);

    private final FakeBolna bolna = FakeBolna.start();
    private final Exchanger exchanger = new Exchanger(TIMEOUT);
    private final BolnaProvider provider = provider(bolna.url(), FakeBolna.API_KEY);

    @AfterEach
    void close() {
        exchanger.close();
        bolna.close();
    }

    @Test
    void dialsOnceWithOurIdsAndWithoutRetriesOfItsOwn() {
        DialResult result = provider.dial(order("a"));

        FakeExecution placed = bolna.ledger().all().getFirst();
        assertThat(result)
                .isInstanceOfSatisfying(
                        DialResult.Accepted.class,
                        accepted ->
                                assertThat(accepted.execution().value()).isEqualTo(placed.id()));
        var data = placed.request().getJsonObject("user_data");
        assertThat(data.getString("call_id")).isEqualTo("a");
        assertThat(data.getString("account_id")).isEqualTo("default");
        assertThat(data.getInt("attempt")).isEqualTo(1);
        assertThat(data.getString("tier")).isEqualTo("gold");
        assertThat(data.getString("name")).isEqualTo("Asha");
        assertThat(placed.request().getJsonObject("retry_config").getBoolean("enabled")).isFalse();
        assertThat(placed.request().getString("from_phone_number")).isEqualTo("+14155550199");
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
                "MALFORMED"
            })
    void takesNoAnswerForNoRefusalAndNeverAsksTwice(Fault fault) {
        provider.dial(order("warm-up")); // So that a connection is reused.
        bolna.next(fault);

        DialResult result = provider.dial(order("a"));

        assertThat(result).isInstanceOf(DialResult.Unknown.class);
        bolna.release();
        assertThat(bolna.ledger().creates("default", "a", 1)).isEqualTo(1);
    }

    @Test
    void tellsRefusalsByTheirKind() {
        bolna.next(Fault.RATE_LIMITED, Fault.REJECTED);

        var limited = (DialResult.Refused) provider.dial(order("a"));
        var rejected = (DialResult.Refused) provider.dial(order("b"));

        assertThat(limited.retryable()).isTrue();
        assertThat(limited.failure().code()).isEqualTo("BOLNA_RATE_LIMITED");
        assertThat(rejected.retryable()).isFalse();
        assertThat(rejected.failure().code()).isEqualTo("BOLNA_REJECTED");
        assertThat(rejected.failure().message()).isEqualTo("invalid number ***");
    }

    @Test
    void readsTheOtherErrorDialect() {
        var refused = (DialResult.Refused) provider(bolna.url(), "wrong").dial(order("a"));

        assertThat(refused.failure().code()).isEqualTo("BOLNA_UNAUTHORIZED");
        assertThat(refused.failure().message()).isEqualTo("Unrecognized access token");
    }

    @Test
    void knowsThatNothingWasSentToAClosedPort() {
        BolnaProvider nowhere = provider(URI.create("http://127.0.0.1:1"), "key");

        assertThat(nowhere.dial(order("a"))).isInstanceOf(DialResult.NotSent.class);
        assertThat(nowhere.find(order("a"), Instant.now())).isInstanceOf(Lookup.Undecided.class);
    }

    @Test
    void needsAnAgent() {
        BolnaProvider agentless =
                new BolnaProvider(
                        new BolnaSettings(bolna.url(), FakeBolna.API_KEY, null, null, TIMEOUT),
                        exchanger);

        var refused = (DialResult.Refused) agentless.dial(order("a"));

        assertThat(refused.failure().code()).isEqualTo("AGENT_REQUIRED");
        assertThat(bolna.ledger().creates()).isZero();
    }

    @Test
    void findsALostCallAmongMany() {
        for (int i = 0; i < 60; i++) {
            provider.dial(order("other-" + i));
        }
        bolna.next(Fault.HANG_AFTER);
        provider.dial(order("lost"));
        bolna.release();
        for (int i = 60; i < 120; i++) {
            provider.dial(order("other-" + i));
        }

        Lookup found = provider.find(order("lost"), Instant.now());

        assertThat(found)
                .isInstanceOfSatisfying(
                        Lookup.Found.class,
                        it -> assertThat(it.report().echo()).isEqualTo(order("lost").echo()));
        assertThat(provider.find(order("never"), Instant.now())).isEqualTo(new Lookup.Absent());
    }

    @Test
    void asksWhatBecameOfAnExecution() {
        provider.dial(order("a"));
        FakeExecution placed = bolna.ledger().all().getFirst();
        ExecutionId execution = new ExecutionId(BolnaProvider.NAME, placed.id());

        bolna.become(placed, "in-progress");
        assertThat(stage(provider.get(execution)))
                .isEqualTo(new ExecutionReport.Reached(Progress.ANSWERED));
        bolna.become(placed, "no-answer");
        assertThat(stage(provider.get(execution)))
                .isEqualTo(new ExecutionReport.Over(new Outcome.NoAnswer()));
        assertThat(provider.get(new ExecutionId(BolnaProvider.NAME, "nobody")))
                .isEqualTo(new Lookup.Absent());
    }

    @Test
    void stopsOnlyWhatIsStillQueued() {
        provider.dial(order("a"));
        provider.dial(order("b"));
        FakeExecution a = bolna.ledger().all().get(0);
        FakeExecution b = bolna.ledger().all().get(1);
        bolna.become(b, "ringing");

        assertThat(provider.stop(new ExecutionId(BolnaProvider.NAME, a.id())))
                .isEqualTo(new StopResult.Stopped());
        assertThat(provider.stop(new ExecutionId(BolnaProvider.NAME, b.id())))
                .isInstanceOf(StopResult.Impossible.class);
    }

    @Test
    void keepsItsKeyToItself() {
        assertThat(new BolnaSettings(bolna.url(), "bn-secret", null, null, TIMEOUT).toString())
                .doesNotContain("bn-secret");
    }

    private static ExecutionReport.Stage stage(Lookup lookup) {
        return ((Lookup.Found) lookup).report().stage();
    }

    private BolnaProvider provider(URI url, String key) {
        return new BolnaProvider(
                new BolnaSettings(url, key, "agent-1", "+14155550199", TIMEOUT), exchanger);
    }

    private static DialOrder order(String id) {
        CallRequest request =
                new CallRequest(
                        new CallKey(AccountId.DEFAULT, new CallId(id)),
                        new Recipient(new PhoneNumber("+14155550100"), null, "Asha"),
                        Routing.DEFAULT,
                        Grouping.NONE,
                        Timing.ANY,
                        CallType.DIRECT.defaultPriority(),
                        1,
                        new UserData("{\"call_id\":\"mine\",\"tier\":\"gold\"}"));
        return new DialOrder(request, 1, Instant.now(), Line.asAsked(request.routing()));
    }
}
