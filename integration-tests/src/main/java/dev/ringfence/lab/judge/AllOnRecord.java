package dev.ringfence.lab.judge;

import dev.ringfence.operation.Head;
import dev.ringfence.operation.JournalEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The journals explain each change of phase, and lose nothing that was ever written to them. */
final class AllOnRecord implements Promises.Promise {
  private static final String HALT = "HALT";

  @Override
  public Verdict judge(Run run) {
    List<String> breaches = new ArrayList<>();
    Map<String, List<JournalEntry>> written = new TreeMap<>();
    for (Observed event : run.file().everything()) {
      if (event instanceof Observed.Created created) {
        add(written, created.head().id(), created.journal());
      } else if (event instanceof Observed.Written write) {
        add(written, write.after().id(), write.journal());
        explained(write, breaches);
      } else if (event instanceof Observed.Noted noted) {
        add(written, noted.journal(), List.of(noted.entry()));
      }
    }
    int lines = 0;
    for (Map.Entry<String, List<JournalEntry>> journal : written.entrySet()) {
      lines += journal.getValue().size();
      compare(journal.getKey(), journal.getValue(), run, breaches);
    }
    return Verdict.of(7, "everything is on record", breaches, lines + " lines, none lost");
  }

  private static void add(
      Map<String, List<JournalEntry>> written, String id, List<JournalEntry> entries) {
    written.computeIfAbsent(id, key -> new ArrayList<>()).addAll(entries);
  }

  private static void explained(Observed.Written write, List<String> breaches) {
    Head before = write.before();
    Head after = write.after();
    boolean changed = !before.phaseName().equals(after.phaseName());
    String change = after.id() + " went from " + before.phaseName() + " to " + after.phaseName();
    if (changed && write.journal().isEmpty()) {
      breaches.add(change + " at " + write.at() + " without a word");
    }
    boolean halted = changed && after.phaseName().equals("HALTING");
    boolean withEvidence =
        write.journal().stream()
            .anyMatch(line -> line.what().equals(HALT) && !line.evidence().isBlank());
    if (halted && !withEvidence) {
      breaches.add(change + " at " + write.at() + " without evidence");
    }
    write.journal().stream()
        .filter(line -> line.by().isBlank() || line.what().isBlank())
        .forEach(line -> breaches.add(after.id() + " has a line of nobody or nothing: " + line));
  }

  /** The same line may be noted twice, and is kept once; everything else is kept as it came. */
  private static void compare(
      String id, List<JournalEntry> written, Run run, List<String> breaches) {
    List<JournalEntry> kept = run.store().journal(id);
    if (!kept.containsAll(written)) {
      breaches.add(id + "'s journal has lost lines");
    }
    if (!written.containsAll(kept)) {
      breaches.add(id + "'s journal has lines that nobody wrote");
    }
    for (int i = 1; i < kept.size(); i++) {
      if (kept.get(i).at().isBefore(kept.get(i - 1).at())) {
        breaches.add(id + "'s journal is out of order at " + kept.get(i).at());
      }
    }
  }
}
