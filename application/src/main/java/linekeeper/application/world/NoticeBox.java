package linekeeper.application.world;

import linekeeper.domain.AccountId;
import linekeeper.domain.CallKey;
import linekeeper.domain.notice.Notice;
import linekeeper.domain.notice.NoticeId;
import linekeeper.domain.notice.NoticeStatus;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// All notices, and those that are pending by account and call. Guarded by the state's monitor.
final class NoticeBox {
    static final Comparator<Notice> DUE_FIRST =
            Comparator.comparing((Notice notice) -> notice.telling().dueAt())
                    .thenComparingLong(notice -> notice.id().sequence())
                    .thenComparing(notice -> notice.id().key().account().value())
                    .thenComparing(notice -> notice.id().key().call().value());

    private final Map<NoticeId, StoredNotice> all = new HashMap<>();
    private final NavigableMap<AccountId, NavigableSet<Notice>> due =
            new TreeMap<>(Comparator.comparing(AccountId::value));
    private final Map<CallKey, NavigableMap<Long, Notice>> ofCalls = new HashMap<>();

    /// Stores it in place of what was known of it.
    void put(Notice notice, boolean inFlight) {
        StoredNotice before = all.put(notice.id(), new StoredNotice(notice, inFlight));
        if (before != null && isPending(before.notice())) {
            forget(before.notice());
        }
        if (isPending(notice)) {
            CallKey key = notice.id().key();
            due.computeIfAbsent(key.account(), any -> new TreeSet<>(DUE_FIRST)).add(notice);
            ofCalls.computeIfAbsent(key, any -> new TreeMap<>())
                    .put(notice.id().sequence(), notice);
        }
    }

    private void forget(Notice notice) {
        CallKey key = notice.id().key();
        dueIn(key.account()).remove(notice);
        ofCalls.computeIfPresent(
                key,
                (any, pending) -> {
                    pending.remove(notice.id().sequence());
                    return pending.isEmpty() ? null : pending;
                });
    }

    private static boolean isPending(Notice notice) {
        return notice.telling().status() == NoticeStatus.PENDING;
    }

    @Nullable StoredNotice get(NoticeId id) {
        return all.get(id);
    }

    Stream<Notice> all() {
        return all.values().stream().map(StoredNotice::notice);
    }

    boolean anyPending(CallKey call) {
        return ofCalls.containsKey(call);
    }

    /// The accounts that have had pending ones.
    Set<AccountId> accounts() {
        return due.keySet();
    }

    /// An account's pending ones that are due, longest first.
    Stream<Notice> due(AccountId account, Instant now) {
        return dueIn(account).stream().takeWhile(notice -> !notice.telling().dueAt().isAfter(now));
    }

    private NavigableSet<Notice> dueIn(AccountId account) {
        return due.getOrDefault(account, new TreeSet<>(DUE_FIRST));
    }

    /// The pending ones of the same call that come before it.
    Collection<Notice> before(Notice notice) {
        return ofCalls.getOrDefault(notice.id().key(), new TreeMap<>())
                .headMap(notice.id().sequence(), false)
                .values();
    }

    /// The pending ones of the same call that come after it.
    List<StoredNotice> behind(NoticeId id) {
        return ofCalls
                .getOrDefault(id.key(), new TreeMap<>())
                .tailMap(id.sequence(), false)
                .values()
                .stream()
                .map(notice -> Objects.requireNonNull(all.get(notice.id())))
                .toList();
    }

    /// @param inFlight somebody sends it
    record StoredNotice(Notice notice, boolean inFlight) {}
}
