package linekeeper.telephony.bolna;

import linekeeper.application.port.DialOrder;
import linekeeper.application.port.DialResult;
import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.Lookup;
import linekeeper.application.port.StopResult;
import linekeeper.application.port.VoiceProvider;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.Failure;
import linekeeper.telephony.exchange.Exchange;
import linekeeper.telephony.exchange.Exchanger;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// Bolna's hosted API. It has no idempotency key and cannot find a call by our id, so our id travels in
/// `user_data` and is read back; it does not sign its webhooks, so a call's end is confirmed by asking.
/// Thread-safe.
public final class BolnaProvider implements VoiceProvider {
    public static final ProviderName NAME = new ProviderName("bolna");

    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

    private final BolnaSettings settings;
    private final BolnaApi api;
    private final BolnaSearch search;

    public BolnaProvider(BolnaSettings settings, Exchanger exchanger) {
        this.settings = settings;
        this.api = new BolnaApi(settings, exchanger);
        this.search = new BolnaSearch(api);
    }

    @Override
    public ProviderName name() {
        return NAME;
    }

    @Override
    public boolean configured() {
        return settings.apiKey() != null;
    }

    @Override
    public DialResult dial(DialOrder order) {
        String agent = agent(order);
        if (agent == null) {
            return new DialResult.Refused(
                    new Failure(
                            "AGENT_REQUIRED", "The call names no agent and there is no default"),
                    false);
        }
        String json = BolnaCall.json(order, agent, settings.from());
        return BolnaAnswers.dialed(api.createCall(json));
    }

    @Override
    public Lookup find(DialOrder order, Instant now) {
        String agent = agent(order);
        return agent == null ? new Lookup.Absent() : search.find(order, agent, now);
    }

    @Override
    public Lookup get(ExecutionId execution) {
        return switch (api.execution(execution.value())) {
            case Exchange.Answered answer when answer.successful() ->
                    BolnaReports.parsed(answer.body())
                            .filter(report -> report.execution().equals(execution))
                            .map(BolnaProvider::found)
                            .orElseGet(() -> new Lookup.Undecided("unreadable execution"));
            case Exchange.Answered answer when answer.status() == NOT_FOUND -> new Lookup.Absent();
            case Exchange.Answered answer -> new Lookup.Undecided("HTTP " + answer.status());
            case Exchange.NotSent(String cause) -> new Lookup.Undecided(cause);
            case Exchange.Lost(String cause) -> new Lookup.Undecided(cause);
        };
    }

    private static Lookup found(ExecutionReport report) {
        return new Lookup.Found(report);
    }

    @Override
    public StopResult stop(ExecutionId execution) {
        return switch (api.stopCall(execution.value())) {
            case Exchange.Answered answer when answer.successful() -> new StopResult.Stopped();
            case Exchange.Answered answer when answer.status() == BAD_REQUEST ->
                    new StopResult.Impossible("Bolna cannot end a call that it has dialed");
            case Exchange.Answered answer -> new StopResult.Unknown("HTTP " + answer.status());
            case Exchange.NotSent(String cause) -> new StopResult.Unknown(cause);
            case Exchange.Lost(String cause) -> new StopResult.Unknown(cause);
        };
    }

    @Override
    public boolean confirmEnds() {
        return true;
    }

    private @Nullable String agent(DialOrder order) {
        String agent = order.line().agent();
        return agent == null ? settings.agent() : agent;
    }
}
