package dev.ringfence.release;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringfence.release.VersionProbe.ReadBack;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionProbeTest {
  private static final Instant BOOTED = Instant.parse("2026-11-01T00:00:00Z");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version=7.16.1\nbooted=2026-11-01T00:00:00Z\n",
        "starting\r\nversion=7.16.1\r\nbooted=2026-11-01T00:00:00.0000000Z\r\n",
        "booted=2026-11-01T01:00:00+01:00\n  version= 7.16.1  ",
        "version=7.16.1\nversion=7.16.1\nbooted=2026-11-01T00:00:00Z"
      })
  void twoLines_areReadBack(String stdout) {
    assertEquals(Optional.of(new ReadBack("7.16.1", BOOTED)), ReadBack.parse(stdout));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version=7.16.1",
        "version=7.16.1\nbooted=yesterday",
        "version=7.16.1\nbooted=2026-11-01T00:00:00Z\nbooted=2026-11-02T00:00:00Z"
      })
  void anUnreadableBootTime_isUnknown(String stdout) {
    assertEquals(Optional.of(new ReadBack("7.16.1", null)), ReadBack.parse(stdout));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "version",
        "version=",
        "version=not a version",
        "Version=1",
        "version=1.2\nversion=1.3",
        "the version=1.2"
      })
  void noOneVersion_isNoEvidence(String stdout) {
    assertEquals(Optional.empty(), ReadBack.parse(stdout));
  }

  @Test
  void outputThatMayHaveBeenCut_isNoEvidence() {
    String stdout = "x".repeat(2_489) + "\nversion=1.2";
    assertEquals(2_501, stdout.length());
    assertEquals(Optional.empty(), ReadBack.parse(stdout));
    assertEquals(Optional.of(new ReadBack("1.2", null)), ReadBack.parse(stdout.substring(2)));
  }
}
