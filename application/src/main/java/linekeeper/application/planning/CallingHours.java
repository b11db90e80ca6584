package linekeeper.application.planning;

import linekeeper.application.planning.Plan.OwnCampaign;
import linekeeper.application.port.Campaigns;
import linekeeper.application.simulation.VirtualTime;
import linekeeper.domain.AccountId;
import linekeeper.domain.CampaignId;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.campaign.CallingWindow;
import linekeeper.domain.campaign.Campaign;
import linekeeper.domain.queue.Places;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Keeps campaigns to their calling windows (F2): while its window is closed, a campaign may have no call
/// live, so that whatever is due waits, and those that are live go on. Not thread-safe.
final class CallingHours {
    private final VirtualTime time;
    private final Campaigns campaigns;
    private final Consumer<AccountId> opened;
    private final Map<Places.Campaign, Hours> kept = new LinkedHashMap<>();

    /// @param opened has the calls dialed that waited for a window
    CallingHours(VirtualTime time, Campaigns campaigns, Consumer<AccountId> opened) {
        this.time = time;
        this.campaigns = campaigns;
        this.opened = opened;
    }

    void keep(OwnCampaign own) {
        campaigns.put(own.account(), own.campaign(), time.instant());
        if (own.window() != null) {
            kept.put(
                    new Places.Campaign(own.account(), own.campaign().id()),
                    new Hours(own.account(), own.campaign(), own.window()));
        }
    }

    /// Opens and closes what is to be by now. Whoever claims calls looks first, so that nothing of the
    /// same moment can go before a window closes.
    void look() {
        Instant now = time.instant();
        for (Hours hours : kept.values()) {
            if (hours.window.isOpen(now) != hours.open) {
                turn(hours, now);
            }
        }
    }

    private void turn(Hours hours, Instant now) {
        hours.open = !hours.open;
        Campaign campaign = hours.campaign;
        campaigns.put(hours.account, hours.open ? campaign : campaign.withConcurrencyLimit(0), now);
        if (!hours.open) {
            time.at(hours.window.nextOpen(now), () -> opened.accept(hours.account));
        }
    }

    /// Since when nothing but a slot was missing: since the call was due and its window open.
    Instant readyAt(ReservedCall call) {
        CampaignId campaign = call.accepted().request().grouping().campaign();
        Hours hours =
                campaign == null
                        ? null
                        : kept.get(new Places.Campaign(call.key().account(), campaign));
        Instant due = call.slot().dueAt();
        return hours == null ? due : hours.window.nextOpen(due);
    }

    private static final class Hours {
        final AccountId account;
        final Campaign campaign;
        final CallingWindow window;
        boolean open = true;

        Hours(AccountId account, Campaign campaign, CallingWindow window) {
            this.account = account;
            this.campaign = campaign;
            this.window = window;
        }
    }
}
