package linekeeper.domain.campaign;

import linekeeper.domain.InvalidValue;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// When people may be called: on these days of the week, between these times on the clock on the wall
/// (F2). What that clock shows is all that counts, so the hour that is shown twice in autumn is inside or
/// outside both times, a start that is skipped in spring comes with the jump, and a window that lies
/// wholly in the hour that is skipped is missing that day.
///
/// @param days on which it opens, at least one
/// @param start from then on, inclusive; a whole minute
/// @param end no longer, exclusive; a whole minute, at or before the start: on the day after, so that
///     equal times are a whole day
/// @param zone where the clock hangs
public record CallingWindow(Set<DayOfWeek> days, LocalTime start, LocalTime end, ZoneId zone) {
    public CallingWindow {
        if (days.isEmpty()) {
            throw new InvalidValue("window.days", "must name at least one day");
        }
        days = Collections.unmodifiableSet(EnumSet.copyOf(days));
        wholeMinute("window.start", start);
        wholeMinute("window.end", end);
    }

    private static void wholeMinute(String field, LocalTime time) {
        if (!time.equals(time.truncatedTo(ChronoUnit.MINUTES))) {
            throw new InvalidValue(field, "must be a whole minute");
        }
    }

    /// Whether people may be called at this moment.
    public boolean isOpen(Instant at) {
        LocalDateTime shown = LocalDateTime.ofInstant(at, zone);
        LocalDate today = shown.toLocalDate();
        return isOpen(today, shown) || isOpen(today.minusDays(1), shown);
    }

    /// Whether the window that opened on `day` is open.
    private boolean isOpen(LocalDate day, LocalDateTime shown) {
        return days.contains(day.getDayOfWeek())
                && !shown.isBefore(day.atTime(start))
                && shown.isBefore(closing(day));
    }

    private LocalDateTime closing(LocalDate day) {
        return (end.isAfter(start) ? day : day.plusDays(1)).atTime(end);
    }

    /// The first moment at which it is open, not before `from`: `from` itself if it is open then.
    public Instant nextOpen(Instant from) {
        Instant at = from;
        while (!isOpen(at)) {
            at = nextStart(at);
        }
        return at;
    }

    /// The next moment at which the clock shows the start, on whatever day, or jumps. Until it jumps, it
    /// goes on as it went.
    private Instant nextStart(Instant after) {
        LocalDateTime shown = LocalDateTime.ofInstant(after, zone);
        LocalDate day = shown.toLocalDate().plusDays(shown.toLocalTime().isBefore(start) ? 0 : 1);
        Instant shows = day.atTime(start).toInstant(zone.getRules().getOffset(after));
        ZoneOffsetTransition jump = zone.getRules().nextTransition(after);
        return jump != null && jump.getInstant().isBefore(shows) ? jump.getInstant() : shows;
    }
}
