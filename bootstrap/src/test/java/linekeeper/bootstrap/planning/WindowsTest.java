package linekeeper.bootstrap.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import linekeeper.domain.InvalidValue;
import linekeeper.domain.campaign.CallingWindow;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;

/// Windows are written as people would (F2, G2).
final class WindowsTest {
    @Test
    void readsDaysTimesAndZone() {
        assertThat(Windows.parse("--window", "mon-fri 09:00-17:30 Europe/Berlin"))
                .isEqualTo(
                        new CallingWindow(
                                EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                                LocalTime.of(9, 0),
                                LocalTime.of(17, 30),
                                ZoneId.of("Europe/Berlin")));
    }

    @Test
    void isOnEveryDayInUtcUnlessItSaysSo() {
        CallingWindow window = Windows.parse("--window", "9:00-24:00");

        assertThat(window.days()).hasSize(7);
        assertThat(window.end()).isEqualTo(LocalTime.MIDNIGHT);
        assertThat(window.zone()).isEqualTo(ZoneOffset.UTC);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tue | TUESDAY",
                "Tuesday,sun | TUESDAY SUNDAY",
                "sat-mon | MONDAY SATURDAY SUNDAY",
                "mon-tue,thu-fri | MONDAY TUESDAY THURSDAY FRIDAY",
                "mon-mon | MONDAY"
            })
    void readsDays(String text, String days) {
        assertThat(Windows.parse("--window", text + " 09:00-17:00").days())
                .extracting(DayOfWeek::name)
                .containsExactly(days.split(" ", -1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | must be like",
                "mon-fri | must be like",
                "mon-fri 09:00 | must be like",
                "09:00-17:00 Europe/Berlin x | must be like",
                "m 09:00-17:00 | must name days",
                "mon-tue-wed 09:00-17:00 | must name days",
                "mon, 09:00-17:00 | must name days",
                "9-17 | must have times",
                "09:00-25:00 | must have times",
                "09:60-17:00 | must have times",
                "24:01-17:00 | must have times",
                "09:00-17:00 Europe/Hamburg | must have a time zone"
            })
    void saysWhatIsWrong(String text, String rule) {
        assertThatThrownBy(() -> Windows.parse("--window", text))
                .isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith("--window " + rule);
    }
}
