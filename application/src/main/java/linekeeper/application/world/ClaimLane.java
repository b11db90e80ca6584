package linekeeper.application.world;

import linekeeper.application.world.WaitingCalls.LaneKey;
import linekeeper.domain.AccountId;
import linekeeper.domain.CampaignId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.queue.Places.Campaign;
import linekeeper.domain.queue.Places.Due;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Iterator;
import java.util.NoSuchElementException;

/// A lane as a claim sees it.
record ClaimLane(AccountId account, LaneKey key, Lane lane) {
    ProviderName provider() {
        return key.provider();
    }

    @Nullable Campaign campaign() {
        CampaignId id = key.campaign();
        return id == null ? null : new Campaign(account, id);
    }

    /// Whether any of its calls is due, be it expired.
    boolean isDue(Instant now) {
        return !lane.iterator().next().rank().dueAt().isAfter(now);
    }

    /// The calls that are due and not expired, in queue order.
    Iterator<Due> open(Instant now) {
        return new OpenCalls(lane.iterator(), now);
    }

    private final class OpenCalls implements Iterator<Due> {
        private final Iterator<Place> places;
        private final Instant now;
        private @Nullable Place next;

        OpenCalls(Iterator<Place> places, Instant now) {
            this.places = places;
            this.now = now;
            this.next = following();
        }

        private @Nullable Place following() {
            while (places.hasNext()) {
                Place place = places.next();
                if (place.rank().dueAt().isAfter(now)) {
                    return null;
                }
                if (!place.call().accepted().request().timing().expired(now)) {
                    return place;
                }
            }
            return null;
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public Due next() {
            Place place = next;
            if (place == null) {
                throw new NoSuchElementException();
            }
            next = following();
            return new Due(place.call().key(), provider(), campaign(), place.rank());
        }
    }
}
