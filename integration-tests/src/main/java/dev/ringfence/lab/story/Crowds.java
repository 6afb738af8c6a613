package dev.ringfence.lab.story;

import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Operation;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Rollout;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A screen on which what happens to many machines within a minute is one line with their number,
 * for each reason apart. What happens to a few is told one by one.
 */
final class Crowds implements Screen {
  /** So many lines of a kind are read; more are counted. */
  private static final int FEW = 3;

  private static final Pattern MACHINE = Pattern.compile("\\bm?i-[0-9a-f]{8,17}\\b");

  /** What differs from machine to machine in one and the same reason. */
  private static final Pattern PARTICULAR =
      Pattern.compile(
          "\\b(m?i|snap|vol|rf)-[0-9a-f][0-9a-f-]*|\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z|s3://[^ ,;]+");

  private static final String VARIES = "…";

  /** Of one machine, and of many. */
  private static final Map<String, String> MANY =
      Map.of(" is ", " are ", " needs ", " need ", " waits", " wait", " goes ", " go ");

  private record Kind(String what, String reason) {}

  private final Screen screen;
  private final Map<Kind, List<JournalEntry>> minute = new LinkedHashMap<>();
  private Instant since = Instant.EPOCH;

  Crowds(Screen screen) {
    this.screen = screen;
  }

  @Override
  public void chapter(String title) {
    tell();
    screen.chapter(title);
  }

  @Override
  public void line(Instant at, JournalEntry entry) {
    if (!MACHINE.matcher(entry.what()).find()) {
      tell();
      screen.line(at, entry);
      return;
    }
    if (!at.truncatedTo(ChronoUnit.MINUTES).equals(since)) {
      tell();
      since = at.truncatedTo(ChronoUnit.MINUTES);
    }
    Kind kind = new Kind(apart(MACHINE, entry.what()), apart(PARTICULAR, entry.evidence()));
    minute.computeIfAbsent(kind, one -> new ArrayList<>()).add(entry);
  }

  private static String apart(Pattern pattern, String text) {
    return pattern.matcher(text).replaceAll(VARIES);
  }

  @Override
  public void progress(Instant at, Operation<Rollout, Batch> rollout) {
    tell();
    screen.progress(at, rollout);
  }

  @Override
  public void end() {
    tell();
    screen.end();
  }

  private void tell() {
    Map<Kind, List<JournalEntry>> told = new LinkedHashMap<>(minute);
    minute.clear();
    told.forEach((kind, entries) -> {
      if (entries.size() <= FEW) {
        entries.forEach(entry -> screen.line(entry.at(), entry));
      } else {
        JournalEntry first = entries.getFirst();
        screen.line(first.at(), counted(kind, entries.size(), first));
      }
    });
  }

  private static JournalEntry counted(Kind kind, int count, JournalEntry first) {
    String what = kind.what().replaceFirst(VARIES, count + " machines");
    for (Map.Entry<String, String> verb : MANY.entrySet()) {
      what = what.replace("machines" + verb.getKey(), "machines" + verb.getValue());
    }
    return new JournalEntry(first.at(), first.by(), what, kind.reason());
  }
}
