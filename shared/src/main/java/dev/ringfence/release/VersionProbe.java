package dev.ringfence.release;

import dev.ringfence.release.json.Groups;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A read-only document that says which version a machine really runs. It prints two lines on
 * standard output, {@code version=1.2.3} and {@code booted=2026-11-01T00:00:00Z}; other lines are
 * ignored.
 */
public record VersionProbe(SsmDocument document, Map<String, List<String>> parameters) {
  /**
   * ListCommandInvocations cuts a plugin's output at 2,500 characters. A cut could make {@code
   * version=1.2} out of {@code version=1.2.3}, so output of that length is no evidence.
   */
  static final int MAX_OUTPUT_CHARS = 2_500;

  private static final Pattern LINE_ENDS = Pattern.compile("\\R");
  private static final String VERSION = "version=";
  private static final String BOOTED = "booted=";

  public VersionProbe {
    parameters = Groups.frozen(parameters);
  }

  /**
   * What a machine said of itself.
   *
   * @param booted when it last booted; null when it did not say so in a way that can be read
   */
  public record ReadBack(String version, @Nullable Instant booted) {
    /**
     * Reads a probe's output. Empty unless exactly one version is told: none, two that differ, or
     * one that no release could have is not evidence of anything.
     */
    public static Optional<ReadBack> parse(String stdout) {
      if (stdout.length() >= MAX_OUTPUT_CHARS) {
        return Optional.empty();
      }
      return only(VERSION, stdout)
          .filter(version -> Pattern.matches(Release.VERSION, version))
          .map(version -> new ReadBack(version, instant(only(BOOTED, stdout).orElse(""))));
    }

    private static Optional<String> only(String prefix, String stdout) {
      List<String> told =
          LINE_ENDS
              .splitAsStream(stdout)
              .map(String::strip)
              .filter(line -> line.startsWith(prefix))
              .map(line -> line.substring(prefix.length()).strip())
              .distinct()
              .toList();
      return told.size() == 1 ? Optional.of(told.getFirst()) : Optional.empty();
    }

    private static @Nullable Instant instant(String text) {
      try {
        return Instant.parse(text);
      } catch (DateTimeException unreadable) {
        return null;
      }
    }
  }
}
