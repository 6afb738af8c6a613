package dev.ringfence.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaintenanceWindowTest {
  private static final ZoneId ZURICH = ZoneId.of("Europe/Zurich");
  private static final Set<DayOfWeek> EVERY_DAY = EnumSet.allOf(DayOfWeek.class);

  /** Monday 22:00 to Tuesday 04:00, in winter an hour ahead of UTC. */
  private static final MaintenanceWindow MONDAY_NIGHT =
      window(Set.of(DayOfWeek.MONDAY), "22:00", "PT6H");

  @ParameterizedTest
  @CsvSource({
    "2026-11-02T20:59:59Z, false, 2026-11-02T21:00:00Z",
    "2026-11-02T21:00:00Z, true,  2026-11-02T21:00:00Z",
    "2026-11-03T02:59:59Z, true,  2026-11-03T02:59:59Z",
    "2026-11-03T03:00:00Z, false, 2026-11-09T21:00:00Z",
    "2026-11-08T22:00:00Z, false, 2026-11-09T21:00:00Z"
  })
  void aWindowOverMidnight_belongsToTheDayItOpensOn(Instant now, boolean open, Instant next) {
    assertEquals(open, MONDAY_NIGHT.isOpen(now));
    assertEquals(next, MONDAY_NIGHT.nextOpening(now));
  }

  /** On 2026-03-29 in Zurich 02:00 to 03:00 does not exist. */
  @Test
  void anOpeningThatIsSkipped_isAnHourLater_andAsLongAsEver() {
    MaintenanceWindow window = window(EVERY_DAY, "02:30", "PT1H");
    Instant before = Instant.parse("2026-03-29T00:59:59Z");
    Instant opening = Instant.parse("2026-03-29T01:30:00Z");
    assertEquals(opening, window.nextOpening(before));
    assertTrue(window.isOpen(opening.plus(Duration.ofMinutes(59))));
    assertFalse(window.isOpen(opening.plus(Duration.ofHours(1))));
  }

  /** On 2026-10-25 in Zurich 02:00 to 03:00 comes twice. */
  @Test
  void anOpeningThatComesTwice_opensTheFirstTimeOnly() {
    MaintenanceWindow window = window(EVERY_DAY, "02:30", "PT30M");
    Instant first = Instant.parse("2026-10-25T00:30:00Z");
    Instant second = Instant.parse("2026-10-25T01:30:00Z");
    assertTrue(window.isOpen(first));
    assertFalse(window.isOpen(second));
    assertEquals(Instant.parse("2026-10-26T01:30:00Z"), window.nextOpening(second));
  }

  @Test
  void aWindowOverAChangeOfClocks_isNeitherLongerNorShorter() {
    MaintenanceWindow window = window(EVERY_DAY, "22:00", "PT8H");
    Instant spring = Instant.parse("2026-03-28T21:00:00Z");
    Instant autumn = Instant.parse("2026-10-24T20:00:00Z");
    for (Instant opening : List.of(spring, autumn)) {
      assertFalse(window.isOpen(opening.minusSeconds(1)));
      assertTrue(window.isOpen(opening));
      assertTrue(window.isOpen(opening.plus(Duration.ofHours(8)).minusSeconds(1)));
      assertFalse(window.isOpen(opening.plus(Duration.ofHours(8))));
    }
  }

  @Test
  void aWeekLongWindow_isAlwaysOpen() {
    MaintenanceWindow window = window(Set.of(DayOfWeek.SUNDAY), "23:59", "P7D");
    Instant now = Instant.parse("2026-11-01T00:00:00Z");
    for (int hour = 0; hour < 24 * 8; hour++) {
      assertTrue(window.isOpen(now.plus(Duration.ofHours(hour))));
    }
  }

  @Test
  void theNextOpening_isTheFirstOpenMinute_whateverTheWindow() {
    long seed = 29;
    Random random = new Random(seed);
    List<ZoneId> zones =
        List.of(ZURICH, ZoneId.of("Australia/Lord_Howe"), ZoneId.of("America/St_Johns"));
    for (int i = 0; i < 60; i++) {
      MaintenanceWindow window =
          new MaintenanceWindow(
              Set.copyOf(List.of(anyDay(random), anyDay(random))),
              LocalTime.of(random.nextInt(24), random.nextInt(60)),
              Duration.ofMinutes(1 + random.nextInt(3_000)),
              zones.get(random.nextInt(zones.size())));
      Instant now =
          Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofMinutes(random.nextInt(525_600)));
      Instant expected = now;
      while (!window.isOpen(expected)) {
        expected = expected.plus(Duration.ofMinutes(1));
      }
      assertEquals(expected, window.nextOpening(now), "seed " + seed + " " + window + " " + now);
    }
  }

  @Test
  void withoutWindows_updatesAreAlwaysAllowed() {
    Instant now = Instant.parse("2026-11-01T00:00:00Z");
    assertTrue(MaintenanceWindow.anyOpen(List.of(), now));
    assertEquals(now, MaintenanceWindow.nextOpening(List.of(), now));
  }

  @Test
  void ofSeveralWindows_theEarliestCounts() {
    MaintenanceWindow friday = window(Set.of(DayOfWeek.FRIDAY), "06:00", "PT1H");
    Instant wednesday = Instant.parse("2026-11-04T12:00:00Z");
    assertFalse(MaintenanceWindow.anyOpen(List.of(MONDAY_NIGHT, friday), wednesday));
    assertEquals(
        Instant.parse("2026-11-06T05:00:00Z"),
        MaintenanceWindow.nextOpening(List.of(MONDAY_NIGHT, friday), wednesday));
  }

  private static DayOfWeek anyDay(Random random) {
    return DayOfWeek.of(1 + random.nextInt(DayOfWeek.values().length));
  }

  private static MaintenanceWindow window(Set<DayOfWeek> days, String from, String duration) {
    return new MaintenanceWindow(days, LocalTime.parse(from), Duration.parse(duration), ZURICH);
  }
}
