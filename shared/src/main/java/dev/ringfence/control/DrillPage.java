package dev.ringfence.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.drill.Bay;
import dev.ringfence.drill.Drill;
import dev.ringfence.drill.DrillPhase;
import dev.ringfence.drill.Rehearsal;
import dev.ringfence.drill.RehearsalPhase;
import dev.ringfence.operation.DrillResult;
import dev.ringfence.operation.DrillResult.Verdict;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Operation;
import java.util.List;
import java.util.Locale;

/** Everything that an operator wants to know of one drill. */
final class DrillPage {
  private static final int JOURNAL_LINES = 12;

  private DrillPage() {}

  static ObjectNode of(
      Operation<Drill, Bay> drill, List<JournalEntry> journal, String before, Moments moments) {
    Drill head = drill.head();
    List<Rehearsal> all = rehearsals(drill);
    ObjectNode page = Json.answer(before + sentence(head, all));
    page.put("id", head.id());
    page.put("phase", head.phaseName());
    page.put("product", head.product());
    page.put("askedForBy", head.by());
    page.put("orderedAt", moments.from(head.orderedAt()));
    page.set("machines", Json.rows(all, one -> row(one, moments)));
    if (head.phase() instanceof DrillPhase.Done done && !done.leftovers().isEmpty()) {
      page.set("leftForTheJanitor", Json.texts(done.leftovers()));
    }
    page.set("youCan", offers(head));
    ArrayNode lines = page.putArray("journal");
    journal.stream()
        .skip(Math.max(0, journal.size() - JOURNAL_LINES))
        .forEach(entry -> lines.add(Lines.of(entry, moments)));
    return page;
  }

  /** How many machines have no verdict yet. */
  static long open(Operation<Drill, Bay> drill) {
    return rehearsals(drill).stream().filter(one -> one.result() == null).count();
  }

  private static List<Rehearsal> rehearsals(Operation<Drill, Bay> drill) {
    return drill.parts().stream().flatMap(bay -> bay.rehearsals().stream()).toList();
  }

  private static String sentence(Drill head, List<Rehearsal> all) {
    String phase = head.id() + " is " + head.phaseName() + ": ";
    long passed = all.stream().filter(one -> isJudged(one, true)).count();
    long failed = all.stream().filter(one -> isJudged(one, false)).count();
    return phase
        + switch (head.phase()) {
          case DrillPhase.Planning p -> "its first beat chooses the machines.";
          case DrillPhase.Running r ->
              "of " + all.size() + " machines " + passed + " passed and " + failed + " failed.";
          case DrillPhase.Done done when all.isEmpty() ->
              "nothing was drilled, " + done.remark() + ".";
          case DrillPhase.Done done ->
              done.passed() + " machines passed and " + done.failed() + " failed.";
        };
  }

  private static boolean isJudged(Rehearsal one, boolean passed) {
    return one.result() != null && one.result().passed() == passed;
  }

  private static ArrayNode offers(Drill head) {
    ObjectNode status = Json.of("action", "status", "id", head.id());
    ObjectNode abandon = Json.of("action", "abandon", "id", head.id(), "reason", "why");
    return Json.rows(head.isFinal() ? List.of(status) : List.of(status, abandon), offer -> offer);
  }

  private static ObjectNode row(Rehearsal one, Moments moments) {
    ObjectNode row =
        Json.of("machine", one.machine(), "standsFor", one.restoreClass(), "is", is(one.phase()));
    DrillResult result = one.result();
    if (one.phase() instanceof RehearsalPhase.Launching launching && !launching.said().isEmpty()) {
      row.put("ec2Says", launching.said());
    }
    if (result == null) {
      return row;
    }
    switch (result.verdict()) {
      case Verdict.Passed passed -> {
        row.put("passed", moments.from(result.at()));
        row.put("it", passed.shows());
        row.put("restoredIn", Moments.span(passed.recoveryTime()));
        row.put("snapshotWasOld", Moments.span(passed.recoveryPoint()));
      }
      case Verdict.Failed failed -> {
        row.put("failed", moments.from(result.at()));
        row.put("why", failed.reason().sentence());
        row.put("seen", failed.evidence());
      }
    }
    if (!one.evidence().isEmpty()) {
      row.put("kept", one.evidence());
    }
    return row;
  }

  private static String is(RehearsalPhase phase) {
    return phase.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}
