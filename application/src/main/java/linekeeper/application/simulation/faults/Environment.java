package linekeeper.application.simulation.faults;

import linekeeper.application.simulation.Strands;
import linekeeper.application.simulation.VirtualTime;

/// What everything in a run shares.
record Environment(
        VirtualTime time,
        Strands strands,
        Faults faults,
        Outages outages,
        Trace trace,
        Stores stores,
        Ledger ledger,
        Backends backends) {}
