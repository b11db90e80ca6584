package linekeeper.domain.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import linekeeper.domain.InvalidValue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/// People are called when the clock on their wall says so, and at no other time (F2).
final class CallingWindowTest {
    private static final Set<DayOfWeek> EVERY_DAY = EnumSet.allOf(DayOfWeek.class);
    private static final Set<DayOfWeek> WORKING_DAYS =
            EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
    private static final int MINUTES_A_WEEK = 7 * 24 * 60;

    @ParameterizedTest
    @CsvSource({
        "2026-01-05T07:59:59.999999Z, false",
        "2026-01-05T08:00:00Z, true",
        "2026-01-05T15:59:59.999999Z, true",
        "2026-01-05T16:00:00Z, false",
        "2026-01-10T12:00:00Z, false"
    })
    void isOpenFromItsStartUntilBeforeItsEnd(Instant at, boolean open) {
        assertThat(inBerlin(WORKING_DAYS, "09:00", "17:00").isOpen(at)).isEqualTo(open);
    }

    @ParameterizedTest
    @CsvSource({
        "open already, 2026-01-05T08:30:00Z, 2026-01-05T08:30:00Z",
        "early in the morning, 2026-01-05T02:00:00Z, 2026-01-05T08:00:00Z",
        "the moment it closes, 2026-01-05T16:00:00Z, 2026-01-06T08:00:00Z",
        "over the weekend, 2026-01-09T16:00:00Z, 2026-01-12T08:00:00Z",
        "over a weekend on which summer begins, 2026-03-27T16:00:00Z, 2026-03-30T07:00:00Z",
        "over a weekend on which summer ends, 2026-10-23T15:00:00Z, 2026-10-26T08:00:00Z"
    })
    void opensNextOnTheNextOfItsDays(String when, Instant from, Instant next) {
        assertThat(inBerlin(WORKING_DAYS, "09:00", "17:00").nextOpen(from)).isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-09T20:59:00Z, false",
        "2026-01-09T21:00:00Z, true",
        "2026-01-10T00:59:00Z, true",
        "2026-01-10T01:00:00Z, false",
        "2026-01-10T21:00:00Z, false"
    })
    void goesOverMidnightOnTheDayItOpens(Instant at, boolean open) {
        CallingWindow fridays = inBerlin(Set.of(DayOfWeek.FRIDAY), "22:00", "02:00");

        assertThat(fridays.isOpen(at)).isEqualTo(open);
    }

    @Test
    void isAWholeDayIfItEndsWhenItStarts() {
        CallingWindow sundays = inBerlin(Set.of(DayOfWeek.SUNDAY), "00:00", "00:00");

        assertThat(openings(sundays, "2026-01-05T00:00:00Z", Duration.ofDays(7)))
                .containsExactly("2026-01-10T23:00:00Z/2026-01-11T23:00:00Z");
    }

    /// In Berlin the clocks go from 02:00 to 03:00 at 01:00Z.
    @ParameterizedTest
    @CsvSource({
        "start skipped, 02:30, 05:00, 2026-03-29T01:00:00Z/2026-03-29T03:00:00Z",
        "end skipped, 01:00, 02:30, 2026-03-29T00:00:00Z/2026-03-29T01:00:00Z",
        "both outside, 01:30, 03:30, 2026-03-29T00:30:00Z/2026-03-29T01:30:00Z",
        "over midnight, 23:00, 02:30, 2026-03-28T22:00:00Z/2026-03-29T01:00:00Z"
    })
    void opensWithTheJumpInSpring(String name, String start, String end, String opening) {
        CallingWindow window = inBerlin(EVERY_DAY, start, end);

        assertThat(openings(window, "2026-03-28T21:00:00Z", Duration.ofHours(12)))
                .containsExactly(opening);
    }

    @Test
    void isMissingOnTheDayThatSkipsItWholly() {
        CallingWindow window = inBerlin(EVERY_DAY, "02:15", "02:45");

        assertThat(window.nextOpen(Instant.parse("2026-03-29T00:00:00Z")))
                .isEqualTo("2026-03-30T00:15:00Z");
    }

    /// In Berlin the clocks go from 03:00 to 02:00 at 01:00Z.
    @ParameterizedTest
    @CsvSource({
        "start, 02:30, 05:00, 2026-10-25T00:30:00Z/2026-10-25T01:00:00Z"
                + " 2026-10-25T01:30:00Z/2026-10-25T04:00:00Z",
        "end, 01:00, 02:30, 2026-10-24T23:00:00Z/2026-10-25T00:30:00Z"
                + " 2026-10-25T01:00:00Z/2026-10-25T01:30:00Z",
        "both outside, 01:30, 03:30, 2026-10-24T23:30:00Z/2026-10-25T02:30:00Z",
        "starts after it, 03:00, 04:00, 2026-10-25T02:00:00Z/2026-10-25T03:00:00Z"
    })
    void isOpenBothTimesTheClockSaysSoInAutumn(
            String name, String start, String end, String openings) {
        CallingWindow window = inBerlin(EVERY_DAY, start, end);

        assertThat(openings(window, "2026-10-24T22:00:00Z", Duration.ofHours(12)))
                .containsExactly(openings.split(" ", -1));
    }

    /// In New York the clocks jump at 02:00 local time, 07:00Z in spring and 06:00Z in autumn.
    @ParameterizedTest
    @CsvSource({
        "2026-03-08T04:00:00Z, 2026-03-08T07:00:00Z/2026-03-08T08:00:00Z",
        "2026-11-01T07:30:00Z, 2026-11-01T07:30:00Z/2026-11-01T09:00:00Z"
    })
    void followsTheClockInNewYork(String from, String opening) {
        CallingWindow window = window(EVERY_DAY, "02:30", "04:00", "America/New_York");

        assertThat(openings(window, from, Duration.ofHours(8))).containsExactly(opening);
    }

    @Test
    void keepsToTheMorningThereWhenTheClockChangesInNewYork() {
        CallingWindow window = window(WORKING_DAYS, "09:00", "17:00", "America/New_York");

        assertThat(window.nextOpen(Instant.parse("2026-03-06T22:00:00Z")))
                .isEqualTo("2026-03-09T13:00:00Z");
        assertThat(window.nextOpen(Instant.parse("2026-10-30T21:00:00Z")))
                .isEqualTo("2026-11-02T14:00:00Z");
    }

    @Test
    void opensOnEverySetOfDays() {
        for (int bits = 1; bits < 1 << 7; bits++) {
            Set<DayOfWeek> days = days(bits);
            CallingWindow window = window(days, "08:45", "20:15", "Asia/Kathmandu");

            Set<DayOfWeek> opened =
                    openings(window, "2026-02-01T18:15:00Z", Duration.ofDays(7)).stream()
                            .map(opening -> Instant.parse(opening.substring(0, 20)))
                            .map(at -> at.atZone(window.zone()).getDayOfWeek())
                            .collect(
                                    Collectors.toCollection(() -> EnumSet.noneOf(DayOfWeek.class)));

            assertThat(opened).isEqualTo(days);
        }
    }

    /// Whatever the window, the zone and the moment: it is open when it says it will be, and at no minute
    /// before.
    @Test
    void isClosedAtEveryMinuteUntilItOpensNext() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 400; i++) {
            CallingWindow window = anyWindow(random);
            Instant from = anyMinuteNearAChange(random, window.zone());

            Instant next = window.nextOpen(from);

            String what = "seed " + seed + ": " + window + " from " + from + " opens " + next;
            assertThat(window.isOpen(next)).as(what).isTrue();
            assertThat(next).as(what).isAfterOrEqualTo(from);
            Instant at = from;
            for (int minute = 0; at.isBefore(next) && minute < 2 * MINUTES_A_WEEK; minute++) {
                assertThat(window.isOpen(at)).as("%s, but at %s", what, at).isFalse();
                at = at.plusSeconds(60);
            }
            assertThat(at).as(what).isAfterOrEqualTo(next);
        }
    }

    @Test
    void needsADay() {
        assertThatThrownBy(() -> inBerlin(Set.of(), "09:00", "17:00"))
                .isInstanceOf(InvalidValue.class)
                .hasMessage("window.days must name at least one day");
    }

    @Test
    void startsAndEndsWithWholeMinutes() {
        assertThatThrownBy(() -> inBerlin(EVERY_DAY, "09:00:01", "17:00"))
                .hasMessage("window.start must be a whole minute");
        assertThatThrownBy(() -> inBerlin(EVERY_DAY, "09:00", "17:00:00.5"))
                .hasMessage("window.end must be a whole minute");
    }

    private static CallingWindow anyWindow(Random random) {
        List<String> zones =
                List.of(
                        "Europe/Berlin",
                        "America/New_York",
                        "America/Havana",
                        "Australia/Lord_Howe",
                        "Asia/Kathmandu",
                        "UTC");
        return new CallingWindow(
                days(1 + random.nextInt(127)),
                LocalTime.ofSecondOfDay(random.nextInt(96) * 900L),
                LocalTime.ofSecondOfDay(random.nextInt(96) * 900L),
                ZoneId.of(zones.get(random.nextInt(zones.size()))));
    }

    /// Within a week before or after the clocks change, if they do.
    private static Instant anyMinuteNearAChange(Random random, ZoneId zone) {
        Instant any =
                Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofDays(random.nextInt(700)));
        var change = zone.getRules().nextTransition(any);
        Instant base = change == null ? any : change.getInstant();
        return base.plus(Duration.ofMinutes(random.nextInt(2 * MINUTES_A_WEEK) - MINUTES_A_WEEK));
    }

    private static Set<DayOfWeek> days(int bits) {
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> (bits >> (day.getValue() - 1)) % 2 == 1)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(DayOfWeek.class)));
    }

    private static CallingWindow inBerlin(Set<DayOfWeek> days, String start, String end) {
        return window(days, start, end, "Europe/Berlin");
    }

    private static CallingWindow window(
            Set<DayOfWeek> days, String start, String end, String zone) {
        return new CallingWindow(
                days, LocalTime.parse(start), LocalTime.parse(end), ZoneId.of(zone));
    }

    /// Every time it opens and closes, found minute by minute without [CallingWindow#nextOpen].
    private static List<String> openings(CallingWindow window, String from, Duration length) {
        Instant begin = Instant.parse(from);
        StringBuilder found = new StringBuilder();
        boolean open = false;
        for (long minute = 0; minute <= length.toMinutes(); minute++) {
            Instant at = begin.plusSeconds(60 * minute);
            if (window.isOpen(at) != open) {
                found.append(at).append(open ? " " : "/");
                open = !open;
            }
        }
        return List.of(found.toString().strip().split(" ", -1));
    }
}
