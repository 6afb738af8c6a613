package dev.ringfence.lab.story;

import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Operation;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Rollout;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** One line for each thing that happens, for logs and pipes. */
final class PlainScreen implements Screen {
  static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Longer evidence is cut on the screen; the journal keeps all of it. */
  static final int EVIDENCE_MAX = 160;

  private final PrintStream out;
  private final Map<String, String> told = new HashMap<>();

  PlainScreen(PrintStream out) {
    this.out = out;
  }

  @Override
  public void chapter(String title) {
    told.clear();
    out.println();
    out.println("== " + title);
  }

  @Override
  public void line(Instant at, JournalEntry entry) {
    out.println(CLOCK.format(at) + "  " + words(entry));
  }

  static String words(JournalEntry entry) {
    String evidence = entry.evidence();
    String shown =
        evidence.length() > EVIDENCE_MAX ? evidence.substring(0, EVIDENCE_MAX) + "…" : evidence;
    return entry.what() + (shown.isEmpty() ? "" : " — " + shown);
  }

  @Override
  public void progress(Instant at, Operation<Rollout, Batch> rollout) {
    for (RingCount ring : RingCount.of(rollout)) {
      String words = ring.inWords();
      if (ring.isUnderWay() && !words.equals(told.put(ring.ring(), words))) {
        out.println(CLOCK.format(at) + "    ring " + ring.ring() + ": " + words);
      }
    }
  }

  @Override
  public void end() {
    out.println();
  }
}
