package dev.ringfence.functions.aws;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Reads many ids in as few calls as AWS allows, and keeps apart what was read and is not there from
 * what could not be read. A page that fails costs only its own ids; a page that is refused for one
 * id that AWS no longer knows is asked again without it.
 */
final class Batches<V> {
  /** What stands between the ids that an error message names. */
  private static final Pattern NO_ID = Pattern.compile("[^A-Za-z0-9-]+");

  private final int size;
  private final String what;
  private final Function<List<String>, Map<String, V>> read;
  private final List<String> gaps;
  private final Map<String, V> found = new HashMap<>();
  private final Set<String> unread = new HashSet<>();

  private Batches(
      int size, String what, Function<List<String>, Map<String, V>> read, List<String> gaps) {
    this.size = size;
    this.what = what;
    this.read = read;
    this.gaps = gaps;
  }

  /**
   * @param found what AWS returned, by id
   * @param unread ids of pages that failed; an id that is in neither was read and is not there
   */
  record Found<V>(Map<String, V> found, Set<String> unread) {
    boolean complete() {
      return unread.isEmpty();
    }
  }

  /**
   * @param size ids per call
   * @param what the operation's name, for the gaps
   * @param read one call; it may throw {@link SdkException}
   * @param gaps receives a line for each page that could not be read
   */
  static <V> Found<V> read(
      Collection<String> ids,
      int size,
      String what,
      Function<List<String>, Map<String, V>> read,
      List<String> gaps) {
    return new Batches<>(size, what, read, gaps).all(ids);
  }

  private Found<V> all(Collection<String> ids) {
    List<String> sorted = List.copyOf(new TreeSet<>(ids));
    for (int from = 0; from < sorted.size(); from += size) {
      page(sorted.subList(from, Math.min(from + size, sorted.size())));
    }
    return new Found<>(Map.copyOf(found), Set.copyOf(unread));
  }

  private void page(List<String> ids) {
    try {
      found.putAll(read.apply(ids));
    } catch (SdkException failure) {
      if (AwsErrors.spoiledByAnId(failure)) {
        pageWithoutUnknown(ids, AwsErrors.message(failure));
      } else {
        unread.addAll(ids);
        gaps.add(what + " of " + ids.size() + ": " + AwsErrors.reason(failure));
      }
    }
  }

  /**
   * Leaves out the ids that the refusal names; when it names none, halves the page until the
   * culprit stands alone, which takes about twice the logarithm of the page in calls. Either way
   * every further page is smaller, so this ends.
   */
  private void pageWithoutUnknown(List<String> ids, String message) {
    List<String> rest = new ArrayList<>(ids);
    // Whole words: an old short id may be the beginning of a long one.
    rest.removeAll(Set.of(NO_ID.splitAsStream(message).distinct().toArray(String[]::new)));
    if (rest.size() < ids.size()) {
      if (!rest.isEmpty()) {
        page(rest);
      }
    } else if (ids.size() > 1) {
      page(ids.subList(0, ids.size() / 2));
      page(ids.subList(ids.size() / 2, ids.size()));
    }
  }
}
