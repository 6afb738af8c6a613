package dev.ringfence.control;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as a tired person reads them: to the second, with their zone. */
record Moments(ZoneId zone, Instant now) {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss zzz", Locale.ENGLISH);

  private static final int SECONDS = 60;
  private static final int MINUTES = 60;
  private static final int HOURS = 48;

  /** Such as {@code 2026-11-03 12:53:00 UTC}. */
  String at(Instant moment) {
    return FORMAT.format(moment.atZone(zone));
  }

  /** The moment, and how far it is from now. */
  String from(Instant moment) {
    Duration ahead = Duration.between(now, moment);
    if (ahead.toSeconds() == 0) {
      return at(moment) + ", just now";
    }
    return at(moment)
        + (ahead.isNegative() ? ", " + span(ahead.negated()) + " ago" : ", in " + span(ahead));
  }

  /** In the largest unit that still says something: seconds, minutes, hours or days. */
  static String span(Duration length) {
    long seconds = length.toSeconds();
    if (seconds < 2 * SECONDS) {
      return seconds + " s";
    }
    if (length.toMinutes() < 2 * MINUTES) {
      return length.toMinutes() + " min";
    }
    return length.toHours() < HOURS ? length.toHours() + " h" : length.toDays() + " days";
  }
}
