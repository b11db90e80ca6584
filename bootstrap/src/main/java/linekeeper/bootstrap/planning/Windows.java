package linekeeper.bootstrap.planning;

import linekeeper.domain.InvalidValue;
import linekeeper.domain.campaign.CallingWindow;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads calling windows: `mon-fri 09:00-17:00 Europe/Berlin`, where days and time zone may be missing.
final class Windows {
    static final Set<DayOfWeek> EVERY_DAY = EnumSet.allOf(DayOfWeek.class);

    /// Nobody who is simulated has a telephone number that would tell it.
    static final ZoneId NOWHERE = ZoneOffset.UTC;

    private static final Pattern WINDOW =
            Pattern.compile("(?:(\\p{Alpha}\\S*)\\s+)?(\\d[\\d:]*)-(\\d[\\d:]*)(?:\\s+(\\S+))?");
    private static final Pattern TIME = Pattern.compile("(\\d\\d?):(\\d\\d)(:00)?");
    private static final int LEAST_LETTERS = 3;

    private Windows() {}

    /// @throws InvalidValue names the field
    static CallingWindow parse(String field, String text) {
        Matcher parts = WINDOW.matcher(text.strip());
        if (!parts.matches()) {
            throw new InvalidValue(field, "must be like 'mon-fri 09:00-17:00 Europe/Berlin'");
        }
        return new CallingWindow(
                parts.group(1) == null ? EVERY_DAY : days(field, parts.group(1)),
                time(field, parts.group(2)),
                time(field, parts.group(3)),
                parts.group(4) == null ? NOWHERE : zone(field, parts.group(4)));
    }

    /// As in `mon`, `monday,wed` or `fri-mon,wed`.
    static Set<DayOfWeek> days(String field, String text) {
        return Stream.of(text.split(",", -1))
                .flatMap(part -> range(field, part.split("-", -1)))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(DayOfWeek.class)));
    }

    private static Stream<DayOfWeek> range(String field, String[] ends) {
        DayOfWeek first = day(field, ends[0]);
        DayOfWeek last = day(field, ends[ends.length - 1]);
        if (ends.length > 2) {
            throw notDays(field);
        }
        return Stream.iterate(first, day -> day.plus(1))
                .limit(1 + Math.floorMod(last.getValue() - first.getValue(), EVERY_DAY.size()));
    }

    private static DayOfWeek day(String field, String text) {
        String name = text.strip().toUpperCase(Locale.ROOT);
        return EVERY_DAY.stream()
                .filter(day -> day.name().equals(name) || shortened(day).equals(name))
                .findFirst()
                .orElseThrow(() -> notDays(field));
    }

    private static String shortened(DayOfWeek day) {
        return day.name().substring(0, LEAST_LETTERS);
    }

    private static InvalidValue notDays(String field) {
        return new InvalidValue(field, "must name days like mon, mon-fri or tue,thu,sat");
    }

    /// As in `9:00` or `17:30`; `24:00` is midnight.
    static LocalTime time(String field, String text) {
        Matcher parts = TIME.matcher(text.strip());
        if (!parts.matches()) {
            throw notATime(field);
        }
        try {
            int hour = Integer.parseInt(parts.group(1));
            int minute = Integer.parseInt(parts.group(2));
            return LocalTime.of(hour == 24 && minute == 0 ? 0 : hour, minute);
        } catch (DateTimeException e) {
            throw notATime(field);
        }
    }

    private static InvalidValue notATime(String field) {
        return new InvalidValue(field, "must have times like 09:00 or 17:30");
    }

    static ZoneId zone(String field, String text) {
        try {
            return ZoneId.of(text.strip());
        } catch (DateTimeException e) {
            throw new InvalidValue(field, "must have a time zone like Europe/Berlin");
        }
    }
}
