package dev.ringfence.policy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * When machines may be updated, each week. The opening is a time on the wall; the duration is time
 * that passes, so a window is never longer or shorter on the day when clocks change. An opening
 * that the change skips is later by what is skipped; one that comes twice opens the first time
 * only.
 *
 * @param days on which it opens, never empty; it may stay open into the next days
 * @param duration above zero, at most a week
 */
public record MaintenanceWindow(
    Set<DayOfWeek> days, LocalTime from, Duration duration, ZoneId zone) {
  /** A longer one would be open when it opens again. */
  static final Duration LONGEST = Duration.ofDays(7);

  /** A window opens within a week, except that a change of clocks may move it by a day at most. */
  private static final long DAYS_AHEAD = 8;

  /** A window that is still open was opened at most so many days ago, change of clocks included. */
  private static final long DAYS_BACK = 8;

  public MaintenanceWindow {
    days = Collections.unmodifiableSet(EnumSet.copyOf(days));
    if (duration.isZero() || duration.isNegative() || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a window lasts up to a week, not " + duration);
    }
  }

  /** Whether it is open; the opening belongs to it, the closing does not. */
  public boolean isOpen(Instant now) {
    return openings(now)
        .anyMatch(opening -> !now.isBefore(opening) && now.isBefore(opening.plus(duration)));
  }

  /** {@code now} when it is open, else the moment when it next opens. */
  public Instant nextOpening(Instant now) {
    if (isOpen(now)) {
      return now;
    }
    return openings(now)
        .filter(opening -> opening.isAfter(now))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(this + " never opens after " + now));
  }

  private Stream<Instant> openings(Instant now) {
    LocalDate today = now.atZone(zone).toLocalDate();
    return LongStream.rangeClosed(-DAYS_BACK, DAYS_AHEAD)
        .mapToObj(today::plusDays)
        .filter(date -> days.contains(date.getDayOfWeek()))
        .map(date -> ZonedDateTime.of(date, from, zone).toInstant());
  }

  /** Whether updates are allowed; without any window they always are. */
  public static boolean anyOpen(Collection<MaintenanceWindow> windows, Instant now) {
    return windows.isEmpty() || windows.stream().anyMatch(window -> window.isOpen(now));
  }

  /** {@code now} when updates are allowed, else the earliest moment when a window opens. */
  public static Instant nextOpening(List<MaintenanceWindow> windows, Instant now) {
    Optional<Instant> earliest =
        windows.stream().map(window -> window.nextOpening(now)).min(Instant::compareTo);
    return earliest.orElse(now);
  }
}
