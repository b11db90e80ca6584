package linekeeper.http;

import linekeeper.application.port.DialOrder;
import linekeeper.application.port.DialResult;
import linekeeper.application.port.Lookup;
import linekeeper.application.port.StopResult;
import linekeeper.application.port.VoiceProvider;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.Failure;

import java.time.Instant;

/// Answers a dial as the agent's id says: `refuse`, `lose`, `away`, else it accepts.
final class FakeProvider implements VoiceProvider {
    static final ProviderName NAME = new ProviderName("bolna");

    @Override
    public ProviderName name() {
        return NAME;
    }

    @Override
    public DialResult dial(DialOrder order) {
        var agent = order.request().routing().agent();
        return switch (agent == null ? "" : agent.value()) {
            case "refuse" ->
                    new DialResult.Refused(new Failure("BAD_NUMBER", "No such number"), false);
            case "lose" -> new DialResult.Unknown("time-out");
            case "away" -> new DialResult.NotSent("connection refused");
            default -> new DialResult.Accepted(executionOf(order.key().call().value()), null);
        };
    }

    static ExecutionId executionOf(String callId) {
        return new ExecutionId(NAME, "exec-" + callId);
    }

    @Override
    public Lookup find(DialOrder order, Instant now) {
        return new Lookup.Absent();
    }

    @Override
    public Lookup get(ExecutionId execution) {
        return new Lookup.Undecided("not asked");
    }

    @Override
    public StopResult stop(ExecutionId execution) {
        return execution.value().endsWith("stoppable")
                ? new StopResult.HangingUp()
                : new StopResult.Impossible("in progress");
    }
}
