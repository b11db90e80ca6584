package linekeeper.telephony.elevenlabs;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

import linekeeper.application.port.DialOrder;
import linekeeper.application.port.ExecutionReport.Echo;
import linekeeper.application.port.Lookup;
import linekeeper.telephony.exchange.Exchange;
import linekeeper.telephony.exchange.Tolerant;

import java.util.Optional;

/// Opens listed conversations until one is the call, at most a hundred in one search. For one search and
/// one thread.
final class Candidates {
    private static final int MOST_OPENED = 100;
    private static final Lookup NO = new Lookup.Absent();

    private final ElevenLabsApi api;
    private final ElevenLabsReports reports;
    private final Owners owners;
    private final DialOrder order;
    private int opened;
    private boolean silent;

    Candidates(ElevenLabsApi api, ElevenLabsReports reports, Owners owners, DialOrder order) {
        this.api = api;
        this.reports = reports;
        this.owners = owners;
        this.order = order;
    }

    /// A candidate that cannot be opened leaves the question open, unless another one is the call.
    Lookup among(JsonArray rows) {
        Lookup answer = NO;
        for (JsonValue row : rows) {
            switch (candidate(row)) {
                case Lookup.Found found -> {
                    return found;
                }
                case Lookup.Undecided doubt -> answer = doubt;
                case Lookup.Absent() -> {}
            }
        }
        return answer;
    }

    private Lookup candidate(JsonValue value) {
        String id = value instanceof JsonObject row ? Tolerant.text(row, "conversation_id") : null;
        if (id == null) {
            return new Lookup.Undecided("a listed conversation has no id");
        }
        if (!mayBe(value.asJsonObject()) || owners.excludes(id, order.echo())) {
            return NO;
        }
        if (silent || opened >= MOST_OPENED) {
            return new Lookup.Undecided("more conversations than could be opened");
        }
        opened++;
        return open(id);
    }

    /// Where a row tells more than it must, it spares us opening it.
    private boolean mayBe(JsonObject row) {
        String user = Tolerant.text(row, "user_id");
        return !"inbound".equals(Tolerant.text(row, "direction"))
                && (user == null || user.equals(order.key().call().value()));
    }

    /// One time-out is waited for, not a hundred.
    private Lookup open(String id) {
        return switch (api.conversation(id)) {
            case Exchange.Answered answer when answer.successful() ->
                    Tolerant.object(answer.body())
                            .flatMap(conversation -> compared(id, conversation))
                            .orElseGet(() -> new Lookup.Undecided("unreadable conversation"));
            case Exchange.Answered answer -> new Lookup.Undecided("HTTP " + answer.status());
            case Exchange.NotSent(String cause) -> unheard(cause);
            case Exchange.Lost(String cause) -> unheard(cause);
        };
    }

    private Lookup unheard(String cause) {
        silent = true;
        return new Lookup.Undecided(cause);
    }

    private Optional<Lookup> compared(String id, JsonObject conversation) {
        return reports.conversation(conversation)
                .map(
                        report -> {
                            Echo echo = report.echo();
                            if (order.echo().equals(echo)) {
                                return new Lookup.Found(report);
                            }
                            return echo == null ? nameless(conversation) : foreign(id, echo);
                        });
    }

    private Lookup foreign(String id, Echo echo) {
        owners.learn(id, echo);
        return NO;
    }

    /// Not one of ours, unless the provider kept our id and dropped what we said besides.
    private Lookup nameless(JsonObject conversation) {
        return order.key().call().value().equals(Tolerant.text(conversation, "user_id"))
                ? new Lookup.Undecided("a conversation with our id lacks our variables")
                : NO;
    }
}
