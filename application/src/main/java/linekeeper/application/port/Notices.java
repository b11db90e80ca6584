package linekeeper.application.port;

import linekeeper.application.port.Slots.ClaimScope;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallKey;
import linekeeper.domain.notice.Notice;
import linekeeper.domain.notice.NoticeId;
import linekeeper.domain.notice.NoticeStatus;
import linekeeper.domain.notice.Telling;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What customers' backends must still be told, and what they were told. Written by [Calls#change] in
/// the commit that gives the reason: every call's end, and whatever else its account's webhook asks for
/// at that time (A5, H4).
public interface Notices {
    /// Takes notices that are due and that a webhook in use asks for, and leases each: nobody else gets
    /// it until the lease is over or it is settled. Of a call only the earliest that is not over yet is
    /// taken.
    ///
    /// @throws StoreUnavailable notices may have been leased; they are due again when the lease is over
    Taken take(Wanted wanted);

    /// Stores how a leased notice went on, unless its lease is no longer the latest. Once it is over,
    /// what waited behind it is due at once.
    ///
    /// @param leased as it was taken
    /// @return whether it was stored
    /// @throws StoreUnavailable it may have been stored or not; the lease runs out
    boolean settle(Notice leased, Telling next, Instant now);

    Optional<Notice> find(NoticeId id);

    /// A page of the account's notices, newest first.
    List<Notice> list(AccountId account, NoticeFilter filter, NoticePage page);

    /// Has a notice sent again, or sooner; one that is being sent just now is left alone. Empty: there is
    /// no such notice.
    Optional<Notice> replay(NoticeId id, Instant now);

    /// The same for those of a time, oldest first.
    Replayed replay(AccountId account, ReplayRange range, Instant now);

    /// Gives up notices that have been due since `cutoff` and that no webhook in use asks for, at most
    /// `most`; how many.
    int giveUp(Instant cutoff, String why, int most);

    /// Which notices to take.
    ///
    /// @param rooms how many may be taken of accounts that differ from `room`
    /// @param room how many may be taken of any other account
    /// @param most how many in all
    /// @param lease until when they are leased
    record Wanted(
            ClaimScope scope,
            Map<AccountId, Integer> rooms,
            int room,
            int most,
            Instant lease,
            Instant now) {
        public Wanted {
            rooms = Map.copyOf(rooms);
        }
    }

    /// @param more there may be others that could be taken at once
    record Taken(List<Notice> notices, boolean more) {
        public Taken {
            notices = List.copyOf(notices);
        }
    }

    /// Null: any.
    record NoticeFilter(@Nullable NoticeStatus status, @Nullable CallKey call) {}

    /// @param after the notice that the page before ended with; null: the first page
    record NoticePage(int limit, @Nullable Place after) {}

    /// Where a notice stands in a list.
    record Place(Instant createdAt, NoticeId id) {}

    /// @param from created at or after
    /// @param to created before
    /// @param status null: delivered and dead ones
    /// @param most how many at most
    record ReplayRange(Instant from, Instant to, @Nullable NoticeStatus status, int most) {}

    /// @param next from when to go on, for there are more; null: that was all
    record Replayed(int count, @Nullable Instant next) {}
}
