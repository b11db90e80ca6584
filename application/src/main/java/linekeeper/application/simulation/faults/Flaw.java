package linekeeper.application.simulation.faults;

import linekeeper.application.CallEngine;
import linekeeper.application.port.Jobs;
import linekeeper.application.port.Leads;
import linekeeper.application.port.Notices;
import linekeeper.application.port.VoiceProvider;
import linekeeper.domain.account.Limits;

/// A part that is broken on purpose, to prove that a run would find it.
interface Flaw {
    /// Every part as it is.
    Flaw NONE = new Flaw() {};

    /// As the store knows them.
    default Limits limits(Limits sound) {
        return sound;
    }

    default CallEngine.Store store(CallEngine.Store sound) {
        return sound;
    }

    default Notices notices(Notices sound) {
        return sound;
    }

    default Jobs jobs(Jobs sound) {
        return sound;
    }

    default Leads leads(Leads sound) {
        return sound;
    }

    /// As nodes see it.
    default VoiceProvider provider(VoiceProvider sound) {
        return sound;
    }
}
