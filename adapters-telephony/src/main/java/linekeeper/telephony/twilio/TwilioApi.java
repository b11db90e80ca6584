package linekeeper.telephony.twilio;

import linekeeper.telephony.exchange.Exchange;
import linekeeper.telephony.exchange.Exchanger;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;

/// The endpoints of one account's calls, one request each. Twilio's own client is not used: it sends a
/// POST up to six times.
final class TwilioApi {
    private final String base;
    private final String calls;
    private final TwilioAccount account;
    private final Exchanger exchanger;

    TwilioApi(URI url, TwilioAccount account, Exchanger exchanger) {
        this.base = url.toString().replaceAll("/+$", "");
        this.calls = "/2010-04-01/Accounts/" + Form.encoded(account.sid()) + "/Calls";
        this.account = account;
        this.exchanger = exchanger;
    }

    Exchange createCall(Form form) {
        return post(calls + ".json", form);
    }

    Exchange call(String sid) {
        return get(path(sid));
    }

    /// @param status `canceled` or `completed`
    Exchange update(String sid, String status) {
        return post(path(sid), new Form().add("Status", status));
    }

    /// The first page of the calls to a number.
    Exchange callsTo(String number, int pageSize) {
        return get(calls + ".json?To=" + Form.encoded(number) + "&PageSize=" + pageSize);
    }

    /// A further page; empty: its address is not one of this list, and our credentials go nowhere else.
    Optional<Exchange> page(String nextPageUri) {
        return nextPageUri.startsWith(calls + ".json?")
                ? uri(nextPageUri).map(uri -> exchanger.send(request(uri).GET().build()))
                : Optional.empty();
    }

    private Optional<URI> uri(String path) {
        try {
            return Optional.of(URI.create(base + path));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private String path(String sid) {
        return calls + "/" + Form.encoded(sid) + ".json";
    }

    private Exchange get(String path) {
        return exchanger.send(request(URI.create(base + path)).GET().build());
    }

    private Exchange post(String path, Form form) {
        return exchanger.send(
                request(URI.create(base + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form.text()))
                        .build());
    }

    private HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri)
                .header("Accept", "application/json")
                .header("Authorization", account.authorization());
    }
}
