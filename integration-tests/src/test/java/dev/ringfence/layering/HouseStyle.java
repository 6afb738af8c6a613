package dev.ringfence.layering;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a source file should look like. Each rule answers with what is wrong, or with nothing. */
final class HouseStyle {
  /** What fits on a few screens is read to its end. */
  static final int FILE_LINES_MAX = 250;

  /** One screen without scrolling. */
  static final int METHOD_LINES_MAX = 30;

  // In two pieces, so that this line does not break the rule itself.
  private static final Pattern LATER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b");

  private static final Pattern MOCKS = Pattern.compile("^import .*mock|^\\s*<.*artifactId>.*mock");

  /**
   * A file or method that is longer all the same.
   *
   * @param lines may fall and not rise
   */
  record Known(int lines, String reason) {}

  private static final String ONE_LINE_EACH = "AWS asks for one check or one field a line";

  /** The files that are longer; a test takes out those that no longer are. */
  static final Map<String, Known> LONG_FILES = Map.of();

  /** The methods that are longer; a test takes out those that no longer are. */
  static final Map<String, Known> LONG_METHODS =
      Map.ofEntries(
          Map.entry("AlarmListing.java#describeAlarms", new Known(32, ONE_LINE_EACH)),
          Map.entry("AttachmentOperations.java#attachVolume", new Known(38, ONE_LINE_EACH)),
          Map.entry("VolumeOperations.java#make", new Known(32, ONE_LINE_EACH)),
          Map.entry("InstanceView.java#of", new Known(40, ONE_LINE_EACH)),
          Map.entry("WayBackFirst.java#objection", new Known(32, "one objection after the other")),
          Map.entry(
              "ReleaseIntake.java#start", new Known(32, "fills a record of many components")));

  private HouseStyle() {}

  static List<String> tooLong(String file, String text) {
    long lines = text.lines().count();
    int allowed = allowed(LONG_FILES.get(name(file)), FILE_LINES_MAX);
    return lines > allowed
        ? List.of(file + " has " + lines + " lines, the limit is " + allowed)
        : List.of();
  }

  /**
   * Methods that are longer than they may be.
   *
   * @param sources by file name
   */
  static List<String> longMethods(Map<String, String> sources) {
    List<String> found = new ArrayList<>();
    Methods.lines(sources)
        .forEach((method, lines) -> {
          Known known = LONG_METHODS.get(method);
          int allowed = known == null ? METHOD_LINES_MAX : known.lines();
          if (lines > allowed) {
            found.add(method + " has " + lines + " lines, the limit is " + allowed);
          }
        });
    return found;
  }

  private static int allowed(@Nullable Known known, int limit) {
    return known == null ? limit : known.lines();
  }

  /** A file's name without its folders. */
  static String name(String file) {
    return file.substring(file.lastIndexOf('/') + 1);
  }

  static List<String> leftForLater(String file, String text) {
    return matches(file, text, LATER);
  }

  static List<String> mocks(String file, String text) {
    return matches(file, text, MOCKS);
  }

  private static List<String> matches(String file, String text, Pattern pattern) {
    List<String> found = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (pattern.matcher(line).find()) {
        found.add(file + ":" + number + ": " + line.strip());
      }
    }
    return found;
  }
}
