package linekeeper.telephony.elevenlabs;

import static linekeeper.telephony.elevenlabs.TestOrders.order;
import static linekeeper.telephony.elevenlabs.TestOrders.request;
import static linekeeper.telephony.elevenlabs.TestOrders.settings;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;

import linekeeper.application.port.DialOrder;
import linekeeper.application.port.DialResult;
import linekeeper.domain.ConversationId;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.call.Line;
import linekeeper.telephony.elevenlabs.fake.FakeConversation;
import linekeeper.telephony.elevenlabs.fake.FakeElevenLabs;
import linekeeper.telephony.elevenlabs.fake.Fault;
import linekeeper.telephony.exchange.Exchanger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Dialing over real HTTP, with every way it can go wrong (B2, H1).
@Timeout(60)
final class ElevenLabsDialTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final FakeElevenLabs fake = FakeElevenLabs.start();
    private final Exchanger exchanger = new Exchanger(TIMEOUT);
    private final ElevenLabsProvider provider = provider(settings(fake.url(), Trunk.TWILIO));

    @AfterEach
    void close() {
        exchanger.close();
        fake.close();
    }

    @ParameterizedTest
    @EnumSource
    void dialsOnceOverEitherTrunk(Trunk trunk) {
        DialResult result = provider(settings(fake.url(), trunk)).dial(order("a"));

        FakeConversation placed = fake.ledger().of("a");
        assertThat(result)
                .isEqualTo(
                        new DialResult.Accepted(
                                new ExecutionId(ElevenLabsProvider.NAME, placed.id()),
                                new ConversationId(placed.id())));
        assertThat(placed.callSid()).startsWith(trunk == Trunk.SIP ? "SCL_" : "CA");
        assertThat(fake.ledger().creates()).isEqualTo(1);
    }

    @Test
    void sendsOurIdsAndWhatTheAgentMaySay() {
        DialOrder plain = order("acme", "EL_12345_2025-11-21T10:30:00Z", 2);
        String userData =
                "{\"account_id\":\"mine\",\"attempt\":9,\"call_id\":\"mine\",\"list\":[1],"
                        + "\"none\":null,\"object\":{},\"paid\":true,\"score\":1.5,"
                        + "\"system__time\":\"now\",\"tier\":\"gold\"}";

        provider.dial(
                new DialOrder(request(plain.key(), userData), 2, Instant.now(), plain.line()));

        JsonObject body = fake.ledger().all().getFirst().request();
        assertThat(body.getString("agent_id")).isEqualTo("agent_1");
        assertThat(body.getString("agent_phone_number_id")).isEqualTo("phnum_1");
        assertThat(body.getString("to_number")).isEqualTo("+14155550100");
        JsonObject client = body.getJsonObject("conversation_initiation_client_data");
        assertThat(client.getString("user_id")).isEqualTo("EL_12345_2025-11-21T10:30:00Z");
        JsonObject variables = client.getJsonObject("dynamic_variables");
        assertThat(variables.keySet())
                .containsExactlyInAnyOrder(
                        "call_id",
                        "account_id",
                        "attempt",
                        "customer_name",
                        "name",
                        "paid",
                        "score",
                        "tier");
        assertThat(variables.getString("call_id")).isEqualTo("EL_12345_2025-11-21T10:30:00Z");
        assertThat(variables.getString("account_id")).isEqualTo("acme");
        assertThat(variables.getInt("attempt")).isEqualTo(2);
        assertThat(variables.getString("customer_name")).isEqualTo("Asha");
        assertThat(variables.getString("tier")).isEqualTo("gold");
    }

    @Test
    void dialsOverTheLineItIsGiven() {
        DialOrder plain = order("a");
        Line line = new Line("agent_2", null, "phnum_2");

        provider.dial(new DialOrder(plain.request(), 1, Instant.now(), line));

        JsonObject body = fake.ledger().of("a").request();
        assertThat(body.getString("agent_id")).isEqualTo("agent_2");
        assertThat(body.getString("agent_phone_number_id")).isEqualTo("phnum_2");
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SLOW", "NOT_PLACED"})
    void takesNoAnswerForNoRefusalAndNeverAsksTwice(Fault fault) {
        provider.dial(order("warm-up")); // So that a connection is reused.
        fake.next(fault);

        DialResult result = provider.dial(order("a"));

        assertThat(result).isInstanceOf(DialResult.Unknown.class);
        fake.release();
        assertThat(fake.ledger().creates("default", "a", 1)).isEqualTo(1);
    }

    @Test
    void waitsForASlowAnswer() {
        fake.next(Fault.SLOW);

        assertThat(provider.dial(order("a"))).isInstanceOf(DialResult.Accepted.class);
        assertThat(fake.ledger().creates()).isEqualTo(1);
    }

    @Test
    void believesThatNothingWasPlaced() {
        fake.next(Fault.NOT_PLACED);

        var refused = (DialResult.Refused) provider.dial(order("a"));

        assertThat(refused.retryable()).isFalse();
        assertThat(refused.failure().code()).isEqualTo("ELEVENLABS_NOT_PLACED");
        assertThat(refused.failure().message()).isEqualTo("Number *** cannot be called");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | ELEVENLABS_REJECTED     | false",
                "401 | ELEVENLABS_UNAUTHORIZED | false",
                "402 | ELEVENLABS_PAYMENT_REQUIRED | false",
                "403 | ELEVENLABS_UNAUTHORIZED | false",
                "404 | ELEVENLABS_NOT_FOUND    | false",
                "409 | ELEVENLABS_CONFLICT     | true",
                "418 | ELEVENLABS_HTTP_418     | false",
                "422 | ELEVENLABS_REJECTED     | false",
                "429 | ELEVENLABS_RATE_LIMITED | true"
            })
    void tellsRefusalsByTheirStatus(int status, String code, boolean retryable) {
        fake.next(status, "");

        var refused = (DialResult.Refused) provider.dial(order("a"));

        assertThat(refused.failure().code()).isEqualTo(code);
        assertThat(refused.failure().message()).isEqualTo("HTTP " + status);
        assertThat(refused.retryable()).isEqualTo(retryable);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "401 | {\"detail\":\"Invalid key\"} | Invalid key",
                "400 | {\"detail\":{\"status\":\"invalid_provider_config\",\"message\":\"No Twilio"
                        + " credentials for the number +14155550199\"}} | No Twilio credentials for"
                        + " the number ***",
                "404 |"
                    + " {\"detail\":{\"type\":\"not_found\",\"code\":\"agent_not_found\",\"message\":\"No"
                    + " such"
                    + " agent\",\"status\":\"agent_not_found\",\"request_id\":\"r\",\"param\":null}}"
                    + " | No such agent",
                "422 | {\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"agent_id\"],\"msg\":"
                        + "\"Field required\",\"input\":null},{\"loc\":[\"body\",\"rows\",0],"
                        + "\"msg\":\"Bad\",\"input\":\"+14155550100\"}]} | body.agent_id: Field"
                        + " required; body.rows.0: Bad",
                "422 | {\"detail\":[]}            | HTTP 422",
                "422 | {\"detail\":[7,{}]}        | : not valid",
                "400 | {\"detail\":null}          | {\"detail\":null}",
                "400 | {\"message\":\"plain\"}    | plain",
                "400 | [1]                        | HTTP 400",
                "400 | <html>                     | HTTP 400"
            })
    void readsEveryDialectOfErrors(int status, String body, String message) {
        fake.next(status, body);

        var refused = (DialResult.Refused) provider.dial(order("a"));

        assertThat(refused.failure().message()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource({
        "429, rate_limit_exceeded, ELEVENLABS_RATE_LIMITED, true",
        "429, concurrent_limit_exceeded, ELEVENLABS_RATE_LIMITED, true",
        "400, concurrent_limit_exceeded, ELEVENLABS_RATE_LIMITED, true",
        "403, system_busy, ELEVENLABS_RATE_LIMITED, true",
        "401, quota_exceeded, ELEVENLABS_PAYMENT_REQUIRED, false",
        "402, insufficient_credits, ELEVENLABS_PAYMENT_REQUIRED, false",
        "401, invalid_api_key, ELEVENLABS_UNAUTHORIZED, false"
    })
    void knowsItsCodesWhateverTheStatusAndTheDialect(
            int status, String word, String code, boolean retryable) {
        for (String key : List.of("code", "status")) {
            fake.next(
                    status, "{\"detail\":{\"%s\":\"%s\",\"message\":\"m\"}}".formatted(key, word));

            var refused = (DialResult.Refused) provider.dial(order("a"));

            assertThat(refused.failure().code()).isEqualTo(code);
            assertThat(refused.retryable()).isEqualTo(retryable);
        }
    }

    @Test
    void tellsWhatItsOwnRequestsLack() {
        ElevenLabsProvider bare =
                provider(
                        new ElevenLabsSettings(
                                fake.url(), null, null, null, Trunk.SIP, List.of(), Duration.ZERO));
        DialOrder plain = order("a");
        DialOrder withAgent =
                new DialOrder(plain.request(), 1, Instant.now(), new Line("agent_1", null, null));

        assertThat(bare.configured()).isFalse();
        assertThat(((DialResult.Refused) bare.dial(plain)).failure().code())
                .isEqualTo("AGENT_REQUIRED");
        assertThat(((DialResult.Refused) bare.dial(withAgent)).failure().code())
                .isEqualTo("PHONE_NUMBER_REQUIRED");
        assertThat(fake.ledger().creates()).isZero();
    }

    @Test
    void readsTheRefusalOfAWrongKey() {
        ElevenLabsProvider keyless =
                provider(
                        new ElevenLabsSettings(
                                fake.url(),
                                "wrong",
                                "agent_1",
                                "phnum_1",
                                Trunk.TWILIO,
                                List.of(),
                                Duration.ZERO));

        var refused = (DialResult.Refused) keyless.dial(order("a"));

        assertThat(refused.failure().code()).isEqualTo("ELEVENLABS_UNAUTHORIZED");
        assertThat(refused.failure().message()).isEqualTo("invalid_api_key");
    }

    @Test
    void knowsThatNothingWasSentToAClosedPort() {
        ElevenLabsProvider nowhere =
                provider(settings(URI.create("http://127.0.0.1:1"), Trunk.TWILIO));

        assertThat(nowhere.dial(order("a"))).isInstanceOf(DialResult.NotSent.class);
    }

    @Test
    void keepsItsSecretsToItself() {
        assertThat(settings(fake.url(), Trunk.TWILIO).toString())
                .doesNotContain(FakeElevenLabs.API_KEY)
                .doesNotContain("wsec_");
    }

    private ElevenLabsProvider provider(ElevenLabsSettings settings) {
        return new ElevenLabsProvider(settings, exchanger, null);
    }
}
