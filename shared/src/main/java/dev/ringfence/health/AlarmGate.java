package dev.ringfence.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The alarms as a level: every named alarm must be there, able to see, and OK. A name that
 * CloudWatch does not return is an alarm that somebody deleted or renamed, which silently takes the
 * brake away; it counts as blind.
 */
public final class AlarmGate {
  private AlarmGate() {}

  /**
   * @param firing alarms in ALARM
   * @param blind alarms that say nothing: missing, INSUFFICIENT_DATA or not evaluable, each with
   *     the reason
   */
  public record Reading(List<AlarmSight> firing, List<String> blind) {
    public boolean isOk() {
      return firing.isEmpty() && blind.isEmpty();
    }
  }

  /**
   * @param names the alarms that the policy names
   * @param seen what {@code DescribeAlarms} returned, by name
   * @param read false when the alarms could not be read at all: then every one of them is blind
   */
  public static Reading judge(List<String> names, Map<String, AlarmSight> seen, boolean read) {
    List<AlarmSight> firing = new ArrayList<>();
    List<String> blind = new ArrayList<>();
    for (String name : names) {
      AlarmSight alarm = seen.get(name);
      if (alarm == null) {
        blind.add(name + (read ? ": there is no such alarm" : ": could not be read"));
      } else if (alarm.fires()) {
        firing.add(alarm);
      } else if (!alarm.isOk()) {
        blind.add(
            name + ": " + (alarm.evaluation().isEmpty() ? alarm.state() : alarm.evaluation()));
      }
    }
    return new Reading(List.copyOf(firing), List.copyOf(blind));
  }
}
