package linekeeper.application.simulation.faults;

import linekeeper.application.CallEngine;
import linekeeper.application.port.Accounts;
import linekeeper.application.port.Campaigns;
import linekeeper.application.port.Jobs;
import linekeeper.application.port.Leads;
import linekeeper.application.port.Notices;
import linekeeper.application.port.Webhooks;
import linekeeper.application.world.MemoryStores;
import linekeeper.domain.CallKey;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.Call;

import java.util.Optional;

/// The one store that all nodes share, as it is when nothing is in the way.
record Stores(
        CallEngine.Store engine,
        Accounts accounts,
        Campaigns campaigns,
        Notices notices,
        Webhooks webhooks,
        Jobs jobs,
        Leads leads) {
    static Stores in(Limits limits, Flaw flaw, Faults faults) {
        MemoryStores memory =
                new MemoryStores(flaw.limits(limits), number -> faults.strikes(Fault.LEAD_REFUSED));
        return new Stores(
                flaw.store(memory.engine()),
                memory.accounts(),
                memory.campaigns(),
                flaw.notices(memory.notices()),
                memory.webhooks(),
                flaw.jobs(memory.jobs()),
                flaw.leads(memory.leads()));
    }

    Optional<Call> find(CallKey key) {
        return engine.calls().find(key);
    }
}
