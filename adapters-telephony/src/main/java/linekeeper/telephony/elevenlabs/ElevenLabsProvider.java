package linekeeper.telephony.elevenlabs;

import linekeeper.application.port.DialOrder;
import linekeeper.application.port.DialResult;
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

/// ElevenLabs' agents over HTTP. The API knows no idempotency key, so one request is one dial; our ids
/// travel as `user_id` and dynamic variables. An execution is a conversation, and bears its id. Webhooks
/// are signed and believed. Thread-safe.
public final class ElevenLabsProvider implements VoiceProvider {
    public static final ProviderName NAME = new ProviderName("elevenlabs");

    private static final int NOT_FOUND = 404;

    private final ElevenLabsSettings settings;
    private final ElevenLabsApi api;
    private final ElevenLabsReports reports;
    private final ElevenLabsSearch search;
    private final ElevenLabsHangUp hangUp;

    /// @param carrier who can end calls; null: nobody
    public ElevenLabsProvider(
            ElevenLabsSettings settings, Exchanger exchanger, @Nullable CarrierHangUp carrier) {
        this.settings = settings;
        this.api = new ElevenLabsApi(settings, exchanger);
        this.reports = new ElevenLabsReports(settings);
        this.search = new ElevenLabsSearch(api, reports, settings.listedWithin());
        this.hangUp = new ElevenLabsHangUp(api, settings.trunk(), carrier);
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
            return missing("AGENT_REQUIRED", "The call names no agent and there is no default");
        }
        String number = phoneNumberId(order);
        return number == null
                ? missing(
                        "PHONE_NUMBER_REQUIRED",
                        "The agent has no phone_number_id and there is no default")
                : ElevenLabsAnswers.dialed(
                        api.createCall(ElevenLabsCall.json(order, agent, number)));
    }

    private static DialResult missing(String code, String message) {
        return new DialResult.Refused(new Failure(code, message), false);
    }

    @Override
    public Lookup find(DialOrder order, Instant now) {
        String agent = agent(order);
        return agent == null ? new Lookup.Absent() : search.find(order, agent, now);
    }

    @Override
    public Lookup get(ExecutionId execution) {
        return switch (api.conversation(execution.value())) {
            case Exchange.Answered answer when answer.successful() ->
                    reports.parsed(answer.body())
                            .filter(report -> report.execution().equals(execution))
                            .<Lookup>map(Lookup.Found::new)
                            .orElseGet(() -> new Lookup.Undecided("unreadable conversation"));
            case Exchange.Answered answer when answer.status() == NOT_FOUND -> new Lookup.Absent();
            case Exchange.Answered answer -> new Lookup.Undecided("HTTP " + answer.status());
            case Exchange.NotSent(String cause) -> new Lookup.Undecided(cause);
            case Exchange.Lost(String cause) -> new Lookup.Undecided(cause);
        };
    }

    @Override
    public StopResult stop(ExecutionId execution) {
        return hangUp.hangUp(execution.value());
    }

    private @Nullable String agent(DialOrder order) {
        String agent = order.line().agent();
        return agent == null ? settings.agent() : agent;
    }

    private @Nullable String phoneNumberId(DialOrder order) {
        String id = order.line().phoneNumberId();
        return id == null ? settings.phoneNumberId() : id;
    }
}
