package dev.ringfence.lab.story;

import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Operation;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Rollout;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A picture of the rings that is drawn over at every beat, with what happens scrolling by above it.
 */
final class LiveScreen implements Screen {
  /**
   * How long a picture stays: a roll-out of a hundred beats is then told in half a dozen seconds.
   */
  private static final Duration PICTURE = Duration.ofMillis(60);

  private static final int BAR = 30;
  private static final String BOLD = "\u001b[1m";
  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String DIM = "\u001b[2m";
  private static final String RESET = "\u001b[0m";

  private final PrintStream out;
  private int drawn;

  LiveScreen(PrintStream out) {
    this.out = out;
  }

  @Override
  public void chapter(String title) {
    drawn = 0;
    out.println();
    out.println(BOLD + title + RESET);
    out.println();
  }

  @Override
  public void line(Instant at, JournalEntry entry) {
    erase();
    boolean alarming = entry.what().startsWith("HALT") || entry.what().contains("hurt");
    out.println(
        DIM
            + PlainScreen.CLOCK.format(at)
            + RESET
            + "  "
            + (alarming ? RED : "")
            + PlainScreen.words(entry)
            + RESET);
  }

  @Override
  public void progress(Instant at, Operation<Rollout, Batch> rollout) {
    erase();
    List<RingCount> rings = RingCount.of(rollout);
    out.println(
        DIM
            + PlainScreen.CLOCK.format(at)
            + RESET
            + "  "
            + rollout.head().id()
            + "  "
            + BOLD
            + rollout.head().phaseName()
            + RESET);
    rings.forEach(ring -> out.println(row(ring)));
    drawn = rings.size() + 1;
    out.flush();
    LockSupport.parkNanos(PICTURE.toNanos());
  }

  private static String row(RingCount ring) {
    int proven = share(ring.proven(), ring.machines());
    int hurt = ring.hurt() == 0 ? 0 : Math.max(1, share(ring.hurt(), ring.machines()));
    int flying = ring.inFlight() == 0 ? 0 : Math.max(1, share(ring.inFlight(), ring.machines()));
    int rest = Math.max(0, BAR - proven - hurt - flying);
    return String.format("  %-8s ", ring.ring())
        + GREEN
        + "█".repeat(proven)
        + RED
        + "█".repeat(hurt)
        + RESET
        + "▒".repeat(flying)
        + DIM
        + "·".repeat(rest)
        + RESET
        + "  "
        + ring.inWords();
  }

  private static int share(int of, int all) {
    return all == 0 ? 0 : of * BAR / all;
  }

  private void erase() {
    if (drawn > 0) {
      // Up over what was drawn, and clear from there on.
      out.print("\u001b[" + drawn + "A\u001b[J");
      drawn = 0;
    }
  }

  @Override
  public void end() {
    out.println();
  }
}
