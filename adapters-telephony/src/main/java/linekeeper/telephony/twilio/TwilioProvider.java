package linekeeper.telephony.twilio;

import linekeeper.application.port.DialOrder;
import linekeeper.application.port.DialResult;
import linekeeper.application.port.Lookup;
import linekeeper.application.port.StopResult;
import linekeeper.application.port.VoiceProvider;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.Failure;
import linekeeper.telephony.exchange.Exchange;
import linekeeper.telephony.exchange.Exchanger;
import linekeeper.telephony.exchange.Tolerant;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Twilio Programmable Voice. It has no idempotency key and no place for our id but the URLs it calls
/// back, which it signs. Thread-safe.
public final class TwilioProvider implements VoiceProvider {
    public static final ProviderName NAME = new ProviderName("twilio");

    private static final int NOT_FOUND = 404;
    private static final Lookup NOT_CONFIGURED = new Lookup.Undecided("Twilio is not configured");

    private final TwilioSettings settings;
    private final InstantSource clock;
    private final Optional<TwilioApi> api;
    private final Optional<TwilioSearch> search;
    private final TwilioCalls calls;
    private final Vanished vanished = new Vanished();

    public TwilioProvider(
            TwilioSettings settings, Exchanger exchanger, OurCalls ours, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.api =
                Optional.ofNullable(settings.account())
                        .map(account -> new TwilioApi(settings.url(), account, exchanger));
        this.search = api.map(known -> new TwilioSearch(known, ours, settings.listedAfter()));
        this.calls = new TwilioCalls(api);
    }

    @Override
    public ProviderName name() {
        return NAME;
    }

    @Override
    public boolean configured() {
        return api.isPresent();
    }

    @Override
    public DialResult dial(DialOrder order) {
        String from = from(order);
        String agent = agent(order);
        if (api.isEmpty()) {
            return refused("TWILIO_NOT_CONFIGURED", "Account SID and auth token are not set");
        }
        if (from == null) {
            return refused("FROM_REQUIRED", "The call names no from_number; there is no default");
        }
        if (agent == null) {
            return refused("AGENT_REQUIRED", "The call names no agent and there is no voice URL");
        }
        return TwilioAgent.of(agent)
                .map(known -> TwilioCall.form(order, from, known, settings))
                .map(form -> TwilioAnswers.dialed(api.get().createCall(form)))
                .orElseGet(
                        () -> refused("AGENT_INVALID", "The agent is no URL and no application"));
    }

    private static DialResult refused(String code, String message) {
        return new DialResult.Refused(new Failure(code, message), false);
    }

    @Override
    public Lookup find(DialOrder order, Instant now) {
        return search.map(one -> one.find(order, now)).orElse(NOT_CONFIGURED);
    }

    @Override
    public Lookup get(ExecutionId execution) {
        return api.map(known -> read(known.call(execution.value()), execution))
                .orElse(NOT_CONFIGURED);
    }

    private Lookup read(Exchange exchange, ExecutionId execution) {
        return switch (exchange) {
            case Exchange.Answered answer when answer.successful() -> known(answer, execution);
            case Exchange.Answered answer when answer.status() == NOT_FOUND -> unknown(execution);
            case Exchange.Answered answer -> new Lookup.Undecided("HTTP " + answer.status());
            case Exchange.NotSent(String cause) -> new Lookup.Undecided(cause);
            case Exchange.Lost(String cause) -> new Lookup.Undecided(cause);
        };
    }

    private Lookup known(Exchange.Answered answer, ExecutionId execution) {
        vanished.seen(execution.value());
        return Tolerant.object(answer.body())
                .flatMap(call -> TwilioReports.of(call, null))
                .filter(report -> report.execution().equals(execution))
                .<Lookup>map(Lookup.Found::new)
                .orElseGet(() -> new Lookup.Undecided("unreadable call"));
    }

    private Lookup unknown(ExecutionId execution) {
        return vanished.missed(execution.value(), clock.instant())
                ? new Lookup.Absent()
                : new Lookup.Undecided("Twilio does not know the call yet");
    }

    @Override
    public StopResult stop(ExecutionId execution) {
        return calls.hangUp(execution.value());
    }

    private @Nullable String from(DialOrder order) {
        PhoneNumber from = order.line().from();
        return from == null ? settings.defaults().from() : from.value();
    }

    private @Nullable String agent(DialOrder order) {
        String agent = order.line().agent();
        URI otherwise = settings.defaults().voiceUrl();
        return agent != null || otherwise == null ? agent : otherwise.toString();
    }
}
