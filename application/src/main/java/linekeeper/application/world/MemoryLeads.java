package linekeeper.application.world;

import linekeeper.application.port.Leads;
import linekeeper.domain.AccountId;
import linekeeper.domain.person.Lead;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// The leads in memory.
final class MemoryLeads implements Leads {
    private static final Comparator<Place> LATEST_FIRST =
            Comparator.comparing(Place::updatedAt)
                    .reversed()
                    .thenComparing(place -> place.phone().value());

    private final MemoryState state;

    MemoryLeads(MemoryState state) {
        this.state = state;
    }

    @Override
    public int record(List<Made> made) {
        synchronized (state) {
            if (made.stream().anyMatch(this::isRefused)) {
                throw new IllegalStateException("a lead cannot be written");
            }
            return (int) made.stream().filter(this::merge).count();
        }
    }

    private boolean isRefused(Made made) {
        return MemoryJobs.isOurs(state, made.job()) && state.refuses(made.lead());
    }

    private boolean merge(Made made) {
        if (!MemoryJobs.isOurs(state, made.job())) {
            return false;
        }
        state.jobs.remove(made.job().number());
        state.merge(made.job().account(), made.lead());
        return true;
    }

    @Override
    public List<Lead> list(AccountId account, @Nullable Place after, int most) {
        synchronized (state) {
            return state.leads.getOrDefault(account, Map.of()).values().stream()
                    .sorted(Comparator.comparing(Place::of, LATEST_FIRST))
                    .filter(
                            lead ->
                                    after == null
                                            || LATEST_FIRST.compare(Place.of(lead), after) > 0)
                    .limit(most)
                    .toList();
        }
    }
}
