package linekeeper.telephony.twilio;

import static linekeeper.telephony.twilio.Orders.RESERVED;
import static linekeeper.telephony.twilio.Orders.TO;
import static linekeeper.telephony.twilio.Orders.order;
import static linekeeper.telephony.twilio.Orders.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.twilio.exception.ApiException;
import com.twilio.http.HttpClient;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.type.PhoneNumber;

import linekeeper.telephony.exchange.Exchange;
import linekeeper.telephony.exchange.Exchanger;
import linekeeper.telephony.twilio.fake.CreateRequest;
import linekeeper.telephony.twilio.fake.FakeCall;
import linekeeper.telephony.twilio.fake.FakeTwilio;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// Twilio's own client, generated from the published schema, judges what we send and what the fake
/// answers.
@Timeout(60)
final class OfficialClientTest {
    private final FakeTwilio twilio = FakeTwilio.start();
    private final Exchanger exchanger = new Exchanger(Duration.ofSeconds(5));
    private final TwilioRestClient official =
            new TwilioRestClient.Builder(FakeTwilio.ACCOUNT_SID, FakeTwilio.AUTH_TOKEN)
                    .httpClient(new ToTheFake(twilio.url()))
                    .build();

    @AfterEach
    void close() {
        exchanger.close();
        twilio.close();
    }

    @Test
    void sendsWhatTheOfficialClientSends() throws URISyntaxException {
        new TwilioProvider(settings(twilio.url()), exchanger, new Orders.Known(), () -> RESERVED)
                .dial(order("a"));
        CreateRequest ours = twilio.creates().getFirst();

        Call.creator(new PhoneNumber("+14155551212"), new PhoneNumber("+14155550100"), voice())
                .setTimeout(60)
                .setStatusCallback(callback(ours, "StatusCallback"))
                .setStatusCallbackEvent(List.of("initiated", "ringing", "answered", "completed"))
                .setMachineDetection("Enable")
                .setAsyncAmd("true")
                .setAsyncAmdStatusCallback(callback(ours, "AsyncAmdStatusCallback"))
                .setRecord(true)
                .setRecordingStatusCallback(ours.one("RecordingStatusCallback"))
                .setRecordingStatusCallbackEvent(List.of("completed"))
                .create(official);
        CreateRequest theirs = twilio.creates().getLast();

        assertThat(ours.names()).isEqualTo(theirs.names());
        for (String name : theirs.names()) {
            assertThat(ours.all(name)).as(name).isEqualTo(theirs.all(name));
        }
    }

    @Test
    void readsTheFakesCalls() {
        FakeCall call = twilio.placed(TO.value(), RESERVED);
        call.become("completed");
        call.answeredBy("human");

        Call read = Call.fetcher(call.sid()).fetch(official);

        assertThat(read.getSid()).isEqualTo(call.sid());
        assertThat(read.getStatus()).isEqualTo(Call.Status.COMPLETED);
        assertThat(read.getDirection()).isEqualTo("outbound-api");
        assertThat(read.getDateCreated().toInstant())
                .isEqualTo(RESERVED.truncatedTo(ChronoUnit.SECONDS));
        assertThat(read.getDuration()).isEqualTo("41");
        assertThat(read.getPrice()).isEqualTo("-0.0130");
    }

    @Test
    void readsTheFakesPages() {
        for (int i = 0; i < 5; i++) {
            twilio.placed(TO.value(), RESERVED);
        }
        twilio.placed("+14155551299", RESERVED);
        twilio.pagesOf(2);

        List<String> sids = new ArrayList<>();
        Call.reader().setTo(TO.value()).read(official).forEach(call -> sids.add(call.getSid()));

        assertThat(sids).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void readsTheFakesErrors() {
        FakeCall over = twilio.placed(TO.value(), RESERVED);
        over.become("completed");

        assertThatThrownBy(
                        () ->
                                Call.updater(over.sid())
                                        .setStatus(Call.UpdateStatus.CANCELED)
                                        .update(official))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        error -> {
                            assertThat(error.getCode()).isEqualTo(21220);
                            assertThat(error.getStatusCode()).isEqualTo(400);
                        });
    }

    @Test
    void agreesWithTheDocumentedSampleOnTheShapeOfACall() throws IOException {
        ObjectMapper mapper =
                new ObjectMapper()
                        .registerModule(new JavaTimeModule())
                        .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, true);
        new TwilioProvider(settings(twilio.url()), exchanger, new Orders.Known(), () -> RESERVED)
                .dial(order("a"));
        try (InputStream sample =
                OfficialClientTest.class.getResourceAsStream("/twilio/created.json")) {
            var documented = mapper.readTree(sample);
            var faked = mapper.readTree(fetched(twilio.calls().getFirst()));

            assertThat(names(faked.fieldNames())).isEqualTo(names(documented.fieldNames()));
            assertThat(names(faked.get("subresource_uris").fieldNames()))
                    .isEqualTo(names(documented.get("subresource_uris").fieldNames()));
            assertThat(Call.fromJson(documented.toString(), mapper).getStatus())
                    .isEqualTo(Call.Status.QUEUED);
        }
    }

    private String fetched(FakeCall call) {
        return new TwilioApi(twilio.url(), Orders.ACCOUNT, exchanger).call(call.sid())
                        instanceof Exchange.Answered answer
                ? answer.body()
                : "";
    }

    private static List<String> names(Iterator<String> names) {
        List<String> sorted = new ArrayList<>();
        names.forEachRemaining(sorted::add);
        sorted.sort(null);
        return sorted;
    }

    private static URI voice() throws URISyntaxException {
        return new URI(
                "https://voice.example.com/twiml?lang=en&account_id=default&call_id=a&attempt=1");
    }

    private static URI callback(CreateRequest ours, String name) throws URISyntaxException {
        return new URI(ours.one(name));
    }

    /// Sends the official client's requests to the fake, each once.
    private static final class ToTheFake extends HttpClient {
        private final URI fake;
        private final java.net.http.HttpClient client = java.net.http.HttpClient.newHttpClient();

        ToTheFake(URI fake) {
            this.fake = fake;
        }

        @Override
        public Response makeRequest(Request request) {
            URI asked = request.constructURL() == null ? fake : uri(request);
            HttpRequest.Builder sent =
                    HttpRequest.newBuilder(asked).header("Authorization", request.getAuthString());
            if (request.getMethod() == HttpMethod.POST) {
                sent.header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form(request.getPostParams())));
            }
            try {
                var answer = client.send(sent.build(), BodyHandlers.ofString());
                return new Response(answer.body(), answer.statusCode());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        private URI uri(Request request) {
            String file = request.constructURL().getFile();
            return URI.create(fake + file);
        }

        private static String form(Map<String, List<String>> params) {
            List<String> pairs = new ArrayList<>();
            params.forEach((name, values) -> values.forEach(v -> pairs.add(pair(name, v))));
            return String.join("&", pairs);
        }

        private static String pair(String name, String value) {
            return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
        }
    }
}
