package dev.ringfence.fleet;

/**
 * How well the disks in one set of snapshots fit together and to what the machine was doing, worst
 * first. It is recorded as it was achieved, and never assumed.
 *
 * @see <a href="https://docs.aws.amazon.com/ebs/latest/userguide/ebs-creating-snapshot.html">Create
 *     Amazon EBS snapshots</a>, which keep what was written to a volume, and nothing of what
 *     applications or the system still hold in memory
 */
public enum Consistency {
  /** As after a power cut: one instant of all disks, whatever was in memory is missing. */
  CRASH("as after a power cut"),

  /** File systems were flushed and stood still; applications were asked nothing. */
  FILE_SYSTEM("with its file systems at rest"),

  /** Applications had written what they held and stood still. */
  APPLICATION("with its applications at rest");

  private final String words;

  Consistency(String words) {
    this.words = words;
  }

  /** How an operator reads it, after "taken". */
  public String words() {
    return words;
  }

  /** The word in the tag of a snapshot. */
  public String tag() {
    return switch (this) {
      case CRASH -> "crash";
      case FILE_SYSTEM -> "file-system";
      case APPLICATION -> "application";
    };
  }

  /** What the tag of a snapshot says; whoever says nothing we know has no more than the least. */
  public static Consistency ofTag(String tag) {
    for (Consistency one : values()) {
      if (one.tag().equals(tag)) {
        return one;
      }
    }
    return CRASH;
  }

  public boolean isAtLeast(Consistency other) {
    return compareTo(other) >= 0;
  }

  /** The worse of the two. */
  public Consistency atMost(Consistency other) {
    return isAtLeast(other) ? other : this;
  }
}
