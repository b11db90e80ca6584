package linekeeper.http;

import linekeeper.application.port.Analytics;
import linekeeper.domain.AccountId;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Figures as a test wants them; remembers what was asked.
final class FakeAnalytics implements Analytics {
    volatile List<Group> groups = List.of();
    volatile @Nullable Query asked;

    @Override
    public List<Group> groups(AccountId account, Query query, int most) {
        asked = query;
        return groups.stream().limit(most).toList();
    }
}
