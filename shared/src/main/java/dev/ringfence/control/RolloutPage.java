package dev.ringfence.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.fleet.Consistency;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Operation;
import dev.ringfence.restore.Restore;
import dev.ringfence.restore.Ward;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Member;
import dev.ringfence.rollout.MemberPhase;
import dev.ringfence.rollout.Plan;
import dev.ringfence.rollout.Rollout;
import dev.ringfence.rollout.RolloutPhase;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything that an operator wants to know of one rollout. */
final class RolloutPage {
  /** The newest lines of a journal: a screen, below all the rest. */
  private static final int JOURNAL_LINES = 12;

  private final Operation<Rollout, Batch> rollout;
  private final List<Operation<Restore, Ward>> restores;
  private final List<JournalEntry> journal;
  private final Moments moments;
  private final Counts counts;
  private final Map<String, String> patients;
  private final Outlook outlook;

  /**
   * @param restores those that it handed hurt machines to
   * @param journal its journal, oldest first
   */
  RolloutPage(
      Operation<Rollout, Batch> rollout,
      List<Operation<Restore, Ward>> restores,
      List<JournalEntry> journal,
      Moments moments) {
    this.rollout = rollout;
    this.restores = restores;
    this.journal = journal;
    this.moments = moments;
    this.counts = Counts.of(rollout.parts());
    this.patients = patients(restores);
    int waiting = (int) hurt().stream().filter(each -> restoreOf(each) == null).count();
    this.outlook = new Outlook(rollout.head(), counts, waiting, moments);
  }

  /** One sentence: what it is, where it stands, why, and how the machines are. */
  String sentence() {
    Rollout head = rollout.head();
    StringBuilder sentence = new StringBuilder();
    sentence
        .append(head.release().product())
        .append(' ')
        .append(head.release().version())
        .append(" is ")
        .append(head.phaseName())
        .append(": ")
        .append(outlook.why());
    if (counts.machines() > 0) {
      sentence.append("; of ").append(counts.machines()).append(" machines ");
      sentence.append(counts.proven()).append(" run it and live, ");
      sentence.append(counts.hurt()).append(" are hurt");
    }
    int restored = restores.stream().mapToInt(Restored::count).sum();
    if (restored > 0) {
      sentence.append(", of whom ").append(restored).append(" are restored");
    }
    return sentence.append('.').toString();
  }

  /** All of it, below a sentence. */
  ObjectNode under(String sentence) {
    Rollout head = rollout.head();
    ObjectNode page = Json.answer(sentence);
    page.put("id", head.id());
    page.put("product", head.release().product());
    page.put("channel", head.release().channel().name());
    page.put("version", head.release().version());
    page.put("phase", head.phaseName());
    page.put("since", moments.from(outlook.since()));
    page.put("why", outlook.why());
    page.put("next", outlook.next());
    page.put("acceptedAt", moments.at(head.acceptedAt()));
    page.set("machines", counts.into(Json.object()));
    if (head.plan() != null) {
      page.set("rings", rings(head.plan()));
    }
    if (counts.hurt() > 0) {
      page.set("hurt", Json.rows(hurt(), this::hurtRow));
    }
    if (!restores.isEmpty()) {
      page.set("restores", Json.rows(restores, one -> Restored.row(one, moments)));
    }
    page.set("youCan", Offers.of(rollout));
    page.set("journal", journalLines());
    return page;
  }

  private ArrayNode rings(Plan plan) {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < plan.rings().size(); i++) {
      Plan.Ring ring = plan.rings().get(i);
      ObjectNode row = Json.object().put("ring", ring.name()).put("is", standing(i));
      List<Batch> batches =
          rollout.parts().subList(ring.firstBatch(), ring.firstBatch() + ring.batches());
      Counts.of(batches).into(row);
      ObjectNode points = points(batches);
      if (!points.isEmpty()) {
        row.set("restorePoints", points);
      }
      rows.add(row);
    }
    return rows;
  }

  /** How many restore points have which consistency, the best first. */
  private static ObjectNode points(List<Batch> batches) {
    Map<Consistency, Integer> counts = new EnumMap<>(Consistency.class);
    batches.stream()
        .flatMap(batch -> batch.members().stream())
        .flatMap(member -> Stream.ofNullable(member.point()))
        .forEach(point -> counts.merge(point.consistency(), 1, Integer::sum));
    ObjectNode points = Json.object();
    for (Consistency one : List.of(Consistency.values()).reversed()) {
      if (counts.containsKey(one)) {
        points.put(one.tag(), counts.get(one));
      }
    }
    return points;
  }

  private String standing(int ring) {
    RolloutPhase phase = rollout.head().phase();
    RolloutPhase.Running running =
        switch (phase) {
          case RolloutPhase.Running r -> r;
          case RolloutPhase.Holding h -> h.resume();
          case RolloutPhase.Queued q -> null;
          case RolloutPhase.Planning p -> null;
          case RolloutPhase.Halting h -> null;
          case RolloutPhase.Aftercare a -> null;
          case RolloutPhase.Ending e -> null;
          case RolloutPhase.Halted h -> null;
          case RolloutPhase.Succeeded s -> null;
          case RolloutPhase.NeedsPerson n -> null;
          case RolloutPhase.Dropped d -> null;
        };
    if (running == null) {
      return phase instanceof RolloutPhase.Succeeded ? "passed" : "stopped";
    }
    if (ring == running.ring()) {
      return phase instanceof RolloutPhase.Holding ? "open, on hold" : "open";
    }
    return ring < running.ring() ? "passed" : "not opened yet";
  }

  private List<Member> hurt() {
    return rollout.parts().stream()
        .flatMap(batch -> batch.members().stream())
        .filter(member -> member.phase().hurtBehind() != null)
        .toList();
  }

  private ObjectNode hurtRow(Member member) {
    MemberPhase.Hurt hurt = member.phase().hurtBehind();
    ObjectNode row = Json.object().put("machine", member.machine()).put("zone", member.zone());
    if (hurt != null) {
      row.put("since", moments.at(hurt.at())).put("seen", hurt.evidence());
    }
    row.put("restorePoint", member.point() == null ? "none" : member.point().snapshot());
    String restore = restoreOf(member);
    if (restore != null) {
      row.put("restore", restore);
    }
    return row;
  }

  /** The restore that has a hurt machine, by the rollout's order or by a person's; null if none. */
  private @Nullable String restoreOf(Member member) {
    return member.phase() instanceof MemberPhase.HandedOver handed
        ? rollout.head().orders().get(handed.order() - 1).restore()
        : patients.get(member.machine());
  }

  private static Map<String, String> patients(List<Operation<Restore, Ward>> restores) {
    Map<String, String> patients = new HashMap<>();
    restores.forEach(restore ->
        Restored.patients(restore)
            .forEach(patient -> patients.put(patient.machine(), restore.head().id())));
    return patients;
  }

  private ArrayNode journalLines() {
    int from = Math.max(0, journal.size() - JOURNAL_LINES);
    ArrayNode lines = JsonNodeFactory.instance.arrayNode();
    journal.subList(from, journal.size()).forEach(entry -> lines.add(Lines.of(entry, moments)));
    return lines;
  }
}
