package linekeeper.telephony.twilio.fake;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// A form as it came to `POST …/Calls.json`, and what Twilio has against it.
public final class CreateRequest {
    private static final Set<String> EVENTS =
            Set.of("initiated", "ringing", "answered", "completed");
    private static final Set<String> SINGLE =
            Set.of(
                    "To",
                    "From",
                    "Url",
                    "Twiml",
                    "ApplicationSid",
                    "Method",
                    "FallbackUrl",
                    "FallbackMethod",
                    "StatusCallback",
                    "StatusCallbackMethod",
                    "Timeout",
                    "TimeLimit",
                    "Record",
                    "RecordingStatusCallback",
                    "RecordingStatusCallbackEvent",
                    "MachineDetection",
                    "AsyncAmd",
                    "AsyncAmdStatusCallback");
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");
    private static final Map<String, Integer> MAGIC_TO =
            Map.of(
                    "+15005550001", 21217,
                    "+15005550002", 21214,
                    "+15005550003", 21215,
                    "+15005550004", 21216);
    private static final Set<String> OWNED = Set.of("+14155550100", "+14155550199", "+15005550006");

    private final Map<String, List<String>> values = new LinkedHashMap<>();

    CreateRequest(String body) {
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.computeIfAbsent(decoded(pair.substring(0, equals)), any -> new ArrayList<>())
                        .add(decoded(pair.substring(equals + 1)));
            }
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    public @Nullable String one(String name) {
        return all(name).isEmpty() ? null : all(name).getFirst();
    }

    public Set<String> names() {
        return Set.copyOf(values.keySet());
    }

    /// Whether status callbacks ever come: a list in one parameter is accepted, and then they do not.
    boolean tellsStatus() {
        return one("StatusCallback") != null
                && one("ApplicationSid") == null
                && EVENTS.containsAll(all("StatusCallbackEvent"));
    }

    /// The number of Twilio's error; 0: none.
    int error() {
        String to = one("To");
        String from = one("From");
        if (to == null) {
            return 21201;
        }
        if (from == null) {
            return 21213;
        }
        if (from.equals("+15005550001")) {
            return 21212;
        }
        if (!OWNED.contains(from)) {
            return 21210;
        }
        if (!E164.matcher(to).matches()) {
            return 21211;
        }
        return MAGIC_TO.getOrDefault(to, instructions());
    }

    private int instructions() {
        String application = one("ApplicationSid");
        if (application != null) {
            return application.matches("AP[0-9a-f]{32}") ? 0 : 21218;
        }
        if (one("Twiml") != null) {
            return 0;
        }
        String url = one("Url");
        return url != null && called(url) && called(one("StatusCallback")) ? 0 : 21205;
    }

    /// Twilio refuses host names with an underscore, for which Java finds no host.
    private static boolean called(@Nullable String url) {
        return url == null || URI.create(url).getHost() != null;
    }

    /// What a caller of the documented API would never send; empty: nothing.
    String mistakes() {
        List<String> mistakes = new ArrayList<>();
        values.forEach(
                (name, given) -> {
                    if (SINGLE.contains(name) ? given.size() > 1 : !isEvent(name)) {
                        mistakes.add(name);
                    }
                });
        check(mistakes, "Timeout", "[1-9][0-9]{0,2}");
        check(mistakes, "Record", "true|false");
        check(mistakes, "MachineDetection", "Enable|DetectMessageEnd");
        check(mistakes, "AsyncAmd", "true|false");
        check(mistakes, "RecordingStatusCallbackEvent", "(in-progress|completed|absent| )+");
        return String.join(", ", mistakes);
    }

    private static boolean isEvent(String name) {
        return name.equals("StatusCallbackEvent");
    }

    private void check(List<String> mistakes, String name, String pattern) {
        String value = one(name);
        if (value != null && !value.matches(pattern)) {
            mistakes.add(name + "=" + value);
        }
    }
}
