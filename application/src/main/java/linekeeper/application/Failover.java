package linekeeper.application;

import linekeeper.application.port.Agents;
import linekeeper.domain.ProviderName;
import linekeeper.domain.agent.Route;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.ReservedCall;

import java.util.Optional;

/// Where a call goes that its provider certainly did not dial: along the route of its agent, its own or
/// its campaign's, past providers that fail or are not here (H6). A call whose dial may have reached anybody has no way but
/// to be settled. Thread-safe.
final class Failover {
    private final Agents agents;
    private final Breakers breakers;

    Failover(Agents agents, Breakers breakers) {
        this.agents = agents;
        this.breakers = breakers;
    }

    /// What to do with a call that was given to its provider in vain.
    ///
    /// @throws linekeeper.application.port.StoreUnavailable try again later
    Onward from(ReservedCall call) {
        Route route = route(call);
        ProviderName provider = call.accepted().provider();
        return route.after(provider, breakers.usable()::contains)
                .<Onward>map(Onward.AtOnce::new)
                .orElseGet(() -> new Onward.Later(route.first().orElse(provider)));
    }

    /// A provider that does not fail, for a call that waits for one that does; empty: it waits on.
    Optional<ProviderName> insteadOf(QueuedCall call) {
        return route(call).insteadOf(call.accepted().provider(), breakers.usable()::contains);
    }

    /// Where a call goes whose agent was changed: to the first on the route that does not fail, else to
    /// the first; empty: it may stay where it is.
    Optional<ProviderName> newWay(QueuedCall call) {
        Route route = route(call);
        ProviderName provider = call.accepted().provider();
        return route.by(provider).isPresent()
                ? Optional.empty()
                : route.after(provider, breakers.usable()::contains).or(route::first);
    }

    private Route route(Call call) {
        return agents.route(call.accepted().request());
    }

    /// How a call goes on.
    sealed interface Onward {
        /// By this provider, without delay.
        record AtOnce(ProviderName provider) implements Onward {}

        /// After a delay; all ways were tried, so it begins with the first again.
        record Later(ProviderName provider) implements Onward {}
    }
}
