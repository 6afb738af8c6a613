package dev.ringfence.release;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class VersionTest {
  /** Each is older than every one after it. */
  private static final List<String> OLDEST_FIRST =
      List.of(
          "0.9",
          "1.0-alpha",
          "1.0-alpha.1",
          "1.0-alpha.beta",
          "1.0-beta",
          "1.0-beta.2",
          "1.0-beta.11",
          "1.0-rc9",
          "1.0.0-rc10",
          "1.0.0",
          "1.0-1",
          "1.0-2",
          "1.1",
          "1.9",
          "1.10",
          "1.10.a",
          "1.11",
          "2024-07-18",
          "2024-07-19",
          "99999999999999999999.1");

  @Test
  void olderVersions_areOlder_alsoAcrossWideGaps() {
    for (int i = 0; i < OLDEST_FIRST.size(); i++) {
      for (int j = 0; j < OLDEST_FIRST.size(); j++) {
        Version left = new Version(OLDEST_FIRST.get(i));
        Version right = new Version(OLDEST_FIRST.get(j));
        assertEquals(i < j, left.isOlderThan(right), left + " older than " + right);
        assertEquals(Integer.signum(i - j), Integer.signum(Version.BY_AGE.compare(left, right)));
      }
    }
  }

  @Test
  void versionsOfTheSameAge_areNotOlderThanEachOther() {
    List<String> same =
        List.of("1.0", "1.0.0", "1", "1.00", "1.0+build7", "1.0.0+5-rc1", "1_0", "1-0");
    for (String left : same) {
      for (String right : same) {
        assertEquals(0, Version.BY_AGE.compare(new Version(left), new Version(right)));
      }
    }
  }
}
