package dev.ringfence.lab.judge;

import java.util.ArrayList;
import java.util.List;

/** What was refused named its fields and wrote nothing but a line in a journal. */
final class BadInputChangesNothing implements Promises.Promise {
  @Override
  public Verdict judge(Run run) {
    List<String> breaches = new ArrayList<>();
    int refused = 0;
    for (Observed.TakenIn event : run.file().all(Observed.TakenIn.class).toList()) {
      if (!event.refused()) {
        continue;
      }
      refused++;
      if (event.writes() > 0) {
        breaches.add("a refused event at " + event.at() + " changed " + event.writes() + " things");
      }
      if (event.fields().isEmpty() || event.fields().stream().anyMatch(String::isBlank)) {
        breaches.add("an event was refused at " + event.at() + " without naming a field");
      }
      boolean noted =
          run.file()
              .all(Observed.Noted.class)
              .anyMatch(line ->
                  line.at().equals(event.at()) && line.entry().what().startsWith("refused"));
      if (!noted) {
        breaches.add("an event was refused at " + event.at() + " without a line in a journal");
      }
    }
    return Verdict.of(
        8, "bad input changes nothing", breaches, refused + " events refused without a trace");
  }
}
