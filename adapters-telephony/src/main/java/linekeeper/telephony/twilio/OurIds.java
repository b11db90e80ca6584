package linekeeper.telephony.twilio;

import linekeeper.application.port.ExecutionReport.Echo;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.InvalidValue;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.Map;

/// Our ids in the query of a URL. Twilio keeps nothing for us, but it signs the URLs that it calls.
final class OurIds {
    private OurIds() {}

    /// @param url may have a query and a fragment of its own
    static String in(String url, Echo echo) {
        int hash = url.indexOf('#');
        String called = hash < 0 ? url : url.substring(0, hash);
        String fragment = hash < 0 ? "" : url.substring(hash);
        return called + (called.contains("?") ? "&" : "?") + query(echo) + fragment;
    }

    private static String query(Echo echo) {
        return "account_id=%s&call_id=%s&attempt=%d"
                .formatted(
                        encoded(echo.key().account().value()),
                        encoded(echo.key().call().value()),
                        echo.attempt());
    }

    /// A colon needs no escape in a query. Whoever takes the URL apart and puts it together again, as
    /// Twilio's validator does to look past the port, would write it plainly, and the signature would
    /// be over another URL.
    private static String encoded(String id) {
        return Form.encoded(id).replace("%3A", ":");
    }

    /// The ids of a called URL; null if they are not all there.
    static @Nullable Echo of(URI called) {
        String query = called.getRawQuery();
        Map<String, String> ids = Form.read(query == null ? "" : query).orElse(Map.of());
        String account = ids.get("account_id");
        String call = ids.get("call_id");
        String attempt = ids.get("attempt");
        if (account == null || call == null || attempt == null) {
            return null;
        }
        try {
            return new Echo(
                    new CallKey(new AccountId(account), new CallId(call)),
                    Integer.parseInt(attempt));
        } catch (InvalidValue | NumberFormatException e) {
            return null;
        }
    }
}
