package dev.ringfence.release;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The order of versions, for "older than what is installed".
 *
 * <ul>
 *   <li>A version is cut at dots, dashes, underscores and between digits and letters. Numbers
 *       compare as numbers ({@code 1.10 > 1.9}), words as text, and a word is above any number.
 *   <li>A missing number is 0: {@code 1.0} and {@code 1.0.0} are the same age.
 *   <li>A dash before a letter starts a pre-release, as in Semantic Versioning: {@code 1.0.0-rc1 <
 *       1.0.0}, {@code rc9 < rc10}. A dash before a digit is one more number: {@code 1.0-2 > 1.0-1
 *       > 1.0}.
 *   <li>What follows a plus sign is build metadata and has no age.
 * </ul>
 *
 * <p>Two texts may be of the same age, so the order is not consistent with equals: ask {@link
 * #isOlderThan}, and keep versions out of sorted sets.
 */
public record Version(String text) {
  /** Oldest first. */
  public static final Comparator<Version> BY_AGE = Version::compareAge;

  private static final Pattern PRE_RELEASE = Pattern.compile("-(?=[A-Za-z])");
  private static final Pattern PART = Pattern.compile("[0-9]+|[A-Za-z]+");
  private static final Part ZERO = new Part(BigInteger.ZERO, "");

  /** A number, or a word; a word's number is 0 and a number's word is empty. */
  private record Part(BigInteger number, String word) implements Comparable<Part> {
    static Part of(MatchResult found) {
      String text = found.group();
      boolean digits = Character.isDigit(text.charAt(0));
      return digits ? new Part(new BigInteger(text), "") : new Part(BigInteger.ZERO, text);
    }

    /** The empty word comes first, so numbers come before words. */
    @Override
    public int compareTo(Part other) {
      int byWord = word.compareTo(other.word);
      return byWord != 0 ? byWord : number.compareTo(other.number);
    }
  }

  public boolean isOlderThan(Version other) {
    return compareAge(this, other) < 0;
  }

  private static int compareAge(Version left, Version right) {
    List<Part> mains = left.main();
    List<Part> others = right.main();
    for (int i = 0; i < Math.max(mains.size(), others.size()); i++) {
      int order = partOrZero(mains, i).compareTo(partOrZero(others, i));
      if (order != 0) {
        return order;
      }
    }
    return comparePreRelease(left.preRelease(), right.preRelease());
  }

  private static Part partOrZero(List<Part> parts, int index) {
    return index < parts.size() ? parts.get(index) : ZERO;
  }

  /** Having no pre-release is above having one; of two, the one that starts the other is below. */
  private static int comparePreRelease(List<Part> left, List<Part> right) {
    if (left.isEmpty() || right.isEmpty()) {
      return Boolean.compare(left.isEmpty(), right.isEmpty());
    }
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int order = left.get(i).compareTo(right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  private List<Part> main() {
    Matcher dash = PRE_RELEASE.matcher(withoutBuild());
    return parts(dash.find() ? withoutBuild().substring(0, dash.start()) : withoutBuild());
  }

  private List<Part> preRelease() {
    Matcher dash = PRE_RELEASE.matcher(withoutBuild());
    return dash.find() ? parts(withoutBuild().substring(dash.end())) : List.of();
  }

  private String withoutBuild() {
    int plus = text.indexOf('+');
    return plus < 0 ? text : text.substring(0, plus);
  }

  private static List<Part> parts(String text) {
    List<Part> parts = new ArrayList<>();
    PART.matcher(text).results().map(Part::of).forEach(parts::add);
    return parts;
  }
}
