package dev.ringfence.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When to ask machines that live which version they run: together where that costs no time, again
 * where it must.
 */
public final class ProbeRhythm {
  /** How long the probe's delivery may take: it goes only to machines that have just shown life. */
  public static final Duration DELIVERY = Duration.ofMinutes(1);

  /**
   * After which the versions of those that are ready are read although others of the part are not:
   * one ping period of five minutes and one more, within which every living machine should have
   * pinged.
   */
  public static final Duration READ_TOGETHER = Duration.ofMinutes(6);

  /** How long a probe may take to be answered before another is sent. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  /**
   * By how much that patience grows at most with the number of probes: a machine may still have to
   * reboot.
   */
  static final int PATIENCE_FACTOR = 5;

  private ProbeRhythm() {}

  /**
   * Whether a probe is due.
   *
   * @param last the newest probe; null before the first
   * @param probes how many there were
   * @param readable machines that live and whose version is wanted
   * @param underWay how many machines of the part have not been settled yet
   * @param since when the first of these was changed
   */
  public static boolean isDue(
      @Nullable Sending last,
      int probes,
      List<String> readable,
      int underWay,
      Instant since,
      Instant now) {
    if (readable.isEmpty() || isAwaited(last, probes, readable, now)) {
      return false;
    }
    boolean everybody = underWay == readable.size();
    return everybody || !now.isBefore(since.plus(READ_TOGETHER));
  }

  /**
   * Whether a probe is due where each minute counts: whoever lives is asked without waiting for
   * others, and a newer probe comes only when those of the last one had time to be heard.
   *
   * @param last the newest probe; null before the first
   * @param probes how many there were
   * @param readable machines that live and whose version is wanted
   */
  public static boolean isDueAtOnce(
      @Nullable Sending last, int probes, List<String> readable, Instant now) {
    if (readable.isEmpty() || isAwaited(last, probes, readable, now)) {
      return false;
    }
    return last == null
        || last.machines().stream().noneMatch(readable::contains)
        || !now.isBefore(last.intended().plus(DELIVERY));
  }

  /** Whether everybody was asked and has time left to answer. */
  private static boolean isAwaited(
      @Nullable Sending last, int probes, List<String> readable, Instant now) {
    Duration patience = PATIENCE.multipliedBy(Math.max(1, Math.min(probes, PATIENCE_FACTOR)));
    return last != null
        && last.machines().containsAll(readable)
        && now.isBefore(last.intended().plus(patience));
  }
}
