package linekeeper.bootstrap;

import linekeeper.application.port.CallObserver;
import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.VoiceProvider;

import java.util.function.Consumer;

/// What a measurement puts into the service: a provider of its own, and itself as a watcher. All else
/// is as it is served.
public interface Rig extends CallObserver {
    /// Dials in the place of the simulated provider, so it must bear that one's name.
    ///
    /// @param reports takes what becomes of its calls, on the thread that tells
    VoiceProvider provider(Consumer<ExecutionReport> reports);
}
