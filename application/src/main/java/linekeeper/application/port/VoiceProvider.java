package linekeeper.application.port;

import linekeeper.domain.ExecutionId;
import linekeeper.domain.ProviderName;

import java.time.Instant;

/// Somebody who dials. Every method blocks for at most the configured dial timeout, throws nothing
/// expected, and may be called from any number of threads.
public interface VoiceProvider {
    ProviderName name();

    /// Asks the provider to dial, with exactly one request; never repeated behind the caller's back.
    DialResult dial(DialOrder order);

    /// Looks for an attempt whose answer was lost, by our own ids.
    Lookup find(DialOrder order, Instant now);

    /// What became of an execution.
    Lookup get(ExecutionId execution);

    /// Asks for an execution to end.
    StopResult stop(ExecutionId execution);

    /// Whether it has the credentials it needs to dial.
    default boolean configured() {
        return true;
    }

    /// Whether a report of a call's end, or one that would tell whose execution it is, must be confirmed
    /// by [#get] before it is believed: the provider does not sign its webhooks.
    default boolean confirmEnds() {
        return false;
    }
}
