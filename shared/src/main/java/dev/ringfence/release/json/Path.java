package dev.ringfence.release.json;

import java.util.regex.Pattern;

/** Paths of fields in messages: {@code policy.rings[0].tags.env}. */
public final class Path {
  /** Longer names come from mistakes or malice; the start is enough to find them. */
  private static final int MAX_NAME_CHARS = 64;

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_:/-]+");
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cs}\"]");

  private Path() {}

  /** The path of a member; an empty {@code path} is the root. */
  public static String member(String path, String name) {
    String shown = shown(name);
    if (!PLAIN.matcher(shown).matches()) {
      return path + "[\"" + shown + "\"]";
    }
    return path.isEmpty() ? shown : path + "." + shown;
  }

  public static String element(String path, int index) {
    return path + "[" + index + "]";
  }

  /** A name made safe for a log line: control characters would let an input forge lines. */
  private static String shown(String name) {
    String clean = UNPRINTABLE.matcher(name).replaceAll("?");
    return clean.length() <= MAX_NAME_CHARS ? clean : clean.substring(0, MAX_NAME_CHARS) + "...";
  }
}
