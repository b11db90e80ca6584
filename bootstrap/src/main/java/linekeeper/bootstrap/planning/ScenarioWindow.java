package linekeeper.bootstrap.planning;

import linekeeper.domain.campaign.CallingWindow;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;

/// A campaign's window in a scenario file.
record ScenarioWindow(Node node) {
    ScenarioWindow {
        node.only("days", "start", "end", "time_zone");
    }

    CallingWindow window() {
        return new CallingWindow(days(), time("start"), time("end"), zone());
    }

    private Set<DayOfWeek> days() {
        if (!node.get("days").exists()) {
            return Windows.EVERY_DAY;
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        node.list("days").forEach(day -> days.addAll(Windows.days(day.path(), day.text())));
        if (days.isEmpty()) {
            throw node.get("days").invalid("must name at least one day");
        }
        return days;
    }

    private LocalTime time(String name) {
        String text = node.required(name);
        return Windows.time(node.get(name).path(), text);
    }

    private ZoneId zone() {
        String text = node.text("time_zone");
        return text == null ? Windows.NOWHERE : Windows.zone(node.get("time_zone").path(), text);
    }
}
