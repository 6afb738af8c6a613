package dev.ringfence.lab.cloud.ssm;

import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.account.Desk;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.GetCalendarStateRequest;
import software.amazon.awssdk.services.ssm.model.GetCalendarStateResponse;

/** Change calendars: open or closed now, and the other after the next transition. */
public final class Calendars {
  private record Calendar(boolean open, @Nullable Instant nextTransition) {
    boolean isOpen(Instant at) {
      boolean turned = nextTransition != null && !at.isBefore(nextTransition);
      return open != turned;
    }
  }

  private final Map<String, Calendar> calendars = new TreeMap<>();
  private final InstantSource clock;

  public Calendars(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Makes or changes a calendar.
   *
   * @param nextTransition when it turns, or null for never
   */
  public void set(String name, boolean open, @Nullable Instant nextTransition) {
    calendars.put(name, new Calendar(open, nextTransition));
  }

  void open(Desk desk) {
    desk.open("GetCalendarState", GetCalendarStateRequest::builder, this::getCalendarState);
  }

  /** Open only if all that were asked for are open. */
  private GetCalendarStateResponse getCalendarState(GetCalendarStateRequest request) {
    Instant at = request.atTime() == null ? clock.instant() : instant(request.atTime());
    if (request.calendarNames().isEmpty()) {
      throw SsmFaults.validation("calendarNames", "Member must not be empty");
    }
    boolean open = true;
    Instant next = null;
    for (String name : request.calendarNames()) {
      Calendar calendar = find(name);
      open &= calendar.isOpen(at);
      Instant transition = calendar.nextTransition();
      if (transition != null
          && transition.isAfter(at)
          && (next == null || transition.isBefore(next))) {
        next = transition;
      }
    }
    return GetCalendarStateResponse.builder()
        .state(open ? "OPEN" : "CLOSED")
        .atTime(at.toString())
        .nextTransitionTime(next == null ? null : next.toString())
        .build();
  }

  private Calendar find(String nameOrArn) {
    String prefix = Account.arn("ssm", "document/");
    String name = nameOrArn.startsWith(prefix) ? nameOrArn.substring(prefix.length()) : nameOrArn;
    Calendar calendar = calendars.get(name);
    if (calendar == null) {
      throw SsmFaults.of("InvalidDocument", "There is no calendar " + nameOrArn);
    }
    return calendar;
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException notAnInstant) {
      throw SsmFaults.validation("atTime", "Member must be an ISO 8601 instant");
    }
  }
}
