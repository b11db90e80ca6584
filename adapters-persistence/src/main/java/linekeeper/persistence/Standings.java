package linekeeper.persistence;

import linekeeper.application.port.Standing;
import linekeeper.domain.CallKey;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Limits;
import linekeeper.domain.queue.Occupancy;
import linekeeper.domain.queue.Occupancy.Scope;
import linekeeper.domain.queue.Occupancy.Use;
import linekeeper.domain.queue.QueuePlace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How waiting calls stand: their places, and the slots in use where they want one. A place is one more
/// than the account's waiting calls that are due by the time this one is and go before it in
/// [linekeeper.domain.queue.QueueOrder].
final class Standings {
    private final Database database;
    private final Limits limits;

    Standings(Database database, Limits limits) {
        this.database = database;
        this.limits = limits;
    }

    /// Calls that do not wait are left out.
    Map<CallKey, Standing> of(List<CallKey> keys, Instant now) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        Sql standing =
                Keys.bind(
                        Sql.of(StandingSql.TEXT)
                                .with("account_limit", limits.account())
                                .with("now", now),
                        keys);
        Map<CallKey, Standing> standings = new HashMap<>();
        database.query(standing, row -> standings.put(CallRows.key(row), standing(row)) == null);
        return standings;
    }

    private Standing standing(Row row) {
        int position = row.integer("before") + 1;
        List<Use> uses = new ArrayList<>();
        uses.add(use(row, Scope.ACCOUNT, "account_active", row.integer("account_limit")));
        Long campaignLimit = row.numberOrNull("campaign_limit");
        if (campaignLimit != null) {
            uses.add(use(row, Scope.CAMPAIGN, "campaign_active", campaignLimit.intValue()));
        }
        Integer providerLimit = limits.providers().get(new ProviderName(row.text("provider")));
        if (providerLimit != null) {
            uses.add(use(row, Scope.PROVIDER, "provider_active", providerLimit));
        }
        uses.add(use(row, Scope.SYSTEM, "system_active", limits.system()));
        return new Standing(new QueuePlace(position, row.integer("total")), new Occupancy(uses));
    }

    private static Use use(Row row, Scope scope, String active, int limit) {
        return new Use(scope, row.integer(active), limit);
    }
}
