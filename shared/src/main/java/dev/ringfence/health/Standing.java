package dev.ringfence.health;

/** Where one machine stands after a change. Only {@link Proven} is evidence of health. */
public sealed interface Standing {
  /** It pinged after the change, its checks are ok after it, and it told the right version. */
  record Proven() implements Standing {}

  /**
   * It lives; what is missing is the version read back from it. How long that is waited for is for
   * whoever asks to say.
   */
  record Alive() implements Standing {}

  /**
   * Not enough was seen yet and the deadline has not come.
   *
   * @param missing what is missing, in words
   */
  record Waiting(String missing) implements Standing {}

  /** AWS's own side fails under it: nothing it shows now speaks for or against the update. */
  record Stalled(String what) implements Standing {}

  /**
   * It lives, but the change did not take.
   *
   * @param found what it said, such as the old version
   */
  record Unchanged(String found) implements Standing {}

  /**
   * It is dead, or was silent past its deadline, which counts as dead.
   *
   * @param evidence what was seen and when
   */
  record Dead(String evidence) implements Standing {}
}
