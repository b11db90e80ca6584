package linekeeper.telephony.twilio.fake;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.security.RequestValidator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/// The published vectors: the fake signs as Twilio does, and the validator in use takes it.
final class SignaturesTest {
    private static final String TOKEN = "12345";
    private static final String URL = "https://mycompany.com/myapp.php?foo=1&bar=2";
    private static final String HASH =
            "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
    private static final Map<String, String> BASE =
            Map.of(
                    "CallSid", "CA1234567890ABCDE",
                    "Caller", "+14158675309",
                    "Digits", "1234",
                    "From", "+14158675309",
                    "To", "+18005551212");

    @ParameterizedTest
    @MethodSource("vectors")
    void agreesWithTheVectors(String url, Map<String, String> form, String signature) {
        assertThat(Signatures.of(TOKEN, url, form)).isEqualTo(signature);
        assertThat(new RequestValidator(TOKEN).validate(url, form, signature)).isTrue();
        assertThat(new RequestValidator("54321").validate(url, form, signature)).isFalse();
        assertThat(new RequestValidator(TOKEN).validate(url + "&x=1", form, signature)).isFalse();
    }

    static Stream<Arguments> vectors() {
        return Stream.of(
                vector(URL, BASE, "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
                vector(
                        "https://mycompany.com:443/myapp.php?foo=1&bar=2",
                        BASE,
                        "kvajT1Ptam85bY51eRf/AJRuM3w="),
                vector(
                        "http://mycompany.com:80/myapp.php?foo=1&bar=2",
                        BASE,
                        "0ZXoZLH/DfblKGATFgpif+LLRf4="),
                vector(
                        "http://mycompany.com:1234/myapp.php?foo=1&bar=2",
                        BASE,
                        "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="),
                vector(URL, Map.of(), "zYQTYrRWXE7LtzbG4PfP7/bkkGo="),
                vector("https://mycompany.com/myapp.php", BASE, "1xaxFBvyzXYvWplzNOSs28HWO94="),
                vector(
                        "https://mycompany.com/myapp.php?foo=hello%20world&bar=test%2Bvalue",
                        BASE, "er2tvAP1Wx+iuTTE2BPgvEaN1cs="),
                vector(
                        URL,
                        Map.of(
                                "Message", "Hello & goodbye! @#$%^*()",
                                "From", "+1 (415) 867-5309",
                                "Special", "unicode: ñáéíóú"),
                        "dCPiR4WtQ6QFN6pJh81CtlCcWLQ="),
                vector(
                        URL,
                        Map.of(
                                "Zebra", "last", "Alpha", "first", "Beta", "second", "Gamma",
                                "third"),
                        "enveUe73ZTVLAekHxez3Qx6JuuQ="),
                vector(
                        URL,
                        Map.of(
                                "callSid",
                                "lowercase",
                                "CallSid",
                                "uppercase",
                                "CALLSID",
                                "allcaps"),
                        "jDK7WKT8wiNrwggd4ceTv4e1MJ4="));
    }

    @Test
    void countsAMissingValueAsAnEmptyOne() {
        String signature = Signatures.of(TOKEN, URL, Map.of("Digits", "1234", "Parameter", ""));
        Map<String, String> form = new HashMap<>();
        form.put("Digits", "1234");
        form.put("Parameter", null);

        assertThat(Signatures.of(TOKEN, URL, form)).isEqualTo(signature);
        assertThat(new RequestValidator(TOKEN).validate(URL, form, signature)).isTrue();
    }

    /// A JSON body is not signed itself; its hash is, in the URL.
    @Test
    void agreesWithTheVectorsOfJsonBodies() throws URISyntaxException {
        String body = "{\"property\": \"value\", \"boolean\": true}";
        String beside = URL + "&bodySHA256=" + HASH;
        String alone = "https://mycompany.com/myapp.php?bodySHA256=" + HASH;

        assertThat(Signatures.of(TOKEN, beside, Map.of()))
                .isEqualTo("a9nBmqA0ju/hNViExpshrM61xv4=");
        assertThat(Signatures.of(TOKEN, alone, Map.of())).isEqualTo("y77kIzt2vzLz71DgmJGsen2scGs=");
        RequestValidator validator = new RequestValidator(TOKEN);
        assertThat(validator.validate(beside, body, "a9nBmqA0ju/hNViExpshrM61xv4=")).isTrue();
        assertThat(validator.validate(beside, "{}", "a9nBmqA0ju/hNViExpshrM61xv4=")).isFalse();
    }

    private static Arguments vector(String url, Map<String, String> form, String signature) {
        return Arguments.of(url, form, signature);
    }
}
