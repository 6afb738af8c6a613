package dev.ringfence.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.drill.Coverage;
import dev.ringfence.drill.DrillSchedule;
import dev.ringfence.drill.Rehearsal;
import dev.ringfence.fleet.Machine;
import dev.ringfence.operation.DrillProof;
import dev.ringfence.operation.DrillResult;
import dev.ringfence.operation.DrillResult.Verdict;
import dev.ringfence.operation.Proofs;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.policy.Drills;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What would be drilled, and what is proven, in words. */
final class DrillPages {
  private DrillPages() {}

  /**
   * A plan as a page.
   *
   * @param late whether it was confirmed with a hash that does not hold
   */
  static ObjectNode plan(DrillDraft draft, DrillAsk ask, boolean late, Moments moments) {
    String before =
        late
            ? "Nothing was changed, because the world has since you read the plan, or it was too"
                + " old. "
            : "";
    ObjectNode page = Json.answer(before + would(draft));
    page.put("product", draft.product());
    page.put("plannedAt", moments.at(moments.now()));
    page.put("subnet", draft.rules().subnet());
    if (!draft.rules().otherSubnets().isEmpty()) {
      page.set("otherSubnets", Json.texts(draft.rules().otherSubnets()));
    }
    page.put("securityGroup", draft.rules().securityGroup());
    page.put("eachMustBootWithin", Moments.span(draft.rules().bootWithin()));
    page.set("machines", Json.rows(draft.chosen(), one -> row(one, draft.point(one), moments)));
    if (!draft.chosen().isEmpty()) {
      String confirm = draft.confirm(moments.now());
      page.put("confirm", confirm);
      page.set("toConfirm", toConfirm(draft, ask, confirm));
    }
    return page;
  }

  private static String would(DrillDraft draft) {
    int count = draft.chosen().size();
    if (count == 0) {
      return "Nothing would be drilled: no class of " + draft.product() + " is due.";
    }
    String clones =
        count == 1
            ? "a clone, prove it and remove it"
            : count
                + " clones, at most "
                + draft.rules().atOnce()
                + " at once, prove them and remove them";
    return "This would launch "
        + clones
        + ", in about "
        + Moments.span(draft.takes())
        + "; no machine is touched but by a snapshot. To do it, press Test again with what"
        + " toConfirm shows.";
  }

  private static ObjectNode row(Rehearsal one, @Nullable RestorePoint point, Moments moments) {
    return Json.of(
        "machine",
        one.machine(),
        "standsFor",
        one.restoreClass(),
        "clonedFrom",
        one.build().image() + ", " + one.build().instanceType(),
        "restoredFrom",
        point == null
            ? "a snapshot that is taken first"
            : point.snapshot() + " of " + moments.from(point.takenAt()));
  }

  private static ObjectNode toConfirm(DrillDraft draft, DrillAsk ask, String confirm) {
    ObjectNode again = Json.of("action", DrillAsk.Action.RUN.title(), "product", draft.product());
    if (!ask.machines().isEmpty()) {
      ask.machines().forEach(again.putArray("machines")::add);
    }
    if (!ask.classes().isEmpty()) {
      ask.classes().forEach(again.putArray("classes")::add);
    }
    if (ask.reason() != null) {
      again.put("reason", ask.reason());
    }
    return again.put("by", ask.by()).put("confirm", confirm);
  }

  /** How far a fleet is proven, class by class, those that are not first. */
  static ObjectNode coverage(DrillDrafting.Fleet fleet, Proofs proofs, Moments moments) {
    Drills rules = fleet.rules();
    Instant now = moments.now();
    ObjectNode page = Json.answer(proven(fleet, proofs, now));
    page.put("product", fleet.policy().product());
    List<Map.Entry<String, List<Machine>>> classes =
        DrillSchedule.classes(fleet.machines()).entrySet().stream()
            .sorted(
                Comparator.comparing(
                    one -> proofs.ofClass(one.getKey()).objection(rules.period(), now).isEmpty()))
            .toList();
    page.set(
        "classes",
        Json.rows(
            classes,
            one ->
                row(one.getKey(), proofs.ofClass(one.getKey()), rules, moments)
                    .put("machines", one.getValue().size())));
    return page;
  }

  private static String proven(DrillDrafting.Fleet fleet, Proofs proofs, Instant now) {
    Drills rules = fleet.rules();
    Coverage coverage = DrillSchedule.coverage(fleet.machines(), proofs, rules, now);
    return String.format(
        Locale.ROOT,
        "%s: %d of %d classes are proven within %s, which are %.0f %% of the machines%s.",
        fleet.policy().product(),
        coverage.proven(),
        coverage.classes(),
        Moments.span(rules.period()),
        coverage.percent(),
        coverage.oldest() == null
            ? ""
            : "; the oldest proof is " + Moments.span(coverage.oldest()) + " old");
  }

  private static ObjectNode row(String name, DrillProof proof, Drills rules, Moments moments) {
    ObjectNode row = Json.object().put("class", name);
    proof.objection(rules.period(), moments.now()).ifPresent(why -> row.put("notProven", why));
    DrillResult pass = proof.standing().orElse(null);
    if (pass != null && pass.verdict() instanceof Verdict.Passed passed) {
      row.put("passed", moments.from(pass.at()));
      row.put("it", passed.shows());
      row.put("restoredIn", Moments.span(passed.recoveryTime()));
      row.put("by", pass.drill());
    }
    return row;
  }
}
