package dev.ringfence.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.fleet.RootPath;
import java.util.List;
import java.util.stream.Stream;

/** A plan of a restore in words. */
final class RestorePlanPage {
  private RestorePlanPage() {}

  /**
   * The plan as a page.
   *
   * @param late whether it was confirmed with a hash that does not hold
   */
  static ObjectNode of(RestorePlan plan, RestoreAsk ask, boolean late, Moments moments) {
    List<Bed> restored = plan.restored();
    ObjectNode page =
        Json.answer(
            (late
                    ? "Nothing was changed, because the world has since you read the plan, or it"
                        + " was too old. "
                    : "")
                + sentence(plan));
    page.put("id", plan.id());
    page.put("rollout", plan.cause().id());
    page.put("mustNotRun", plan.cause().release().version());
    page.put("plannedAt", moments.at(moments.now()));
    page.put("eachMustProveItsLifeWithin", Moments.span(plan.cause().policy().recoveryTime()));
    page.set("machines", Json.rows(plan.beds(), bed -> bed.row(moments)));
    if (!restored.isEmpty()) {
      String confirm = plan.confirm(moments.now());
      page.put("confirm", confirm);
      page.set("toConfirm", toConfirm(ask, confirm));
    }
    return page;
  }

  private static String sentence(RestorePlan plan) {
    List<Bed> restored = plan.restored();
    return restored.isEmpty()
        ? "None of " + plan.beds().size() + " machines would be restored; the plan says why."
        : "This would "
            + deed(restored)
            + restored.size()
            + " of "
            + plan.beds().size()
            + " machines, in about "
            + Moments.span(plan.takes())
            + "; to do it, press Test again with what toConfirm shows.";
  }

  /** What is lost beyond roots, and who is stopped, is said in the first sentence. */
  private static String deed(List<Bed> restored) {
    long stopped = restored.stream().filter(bed -> bed.isRestoredBy(RootPath.B)).count();
    long volumes =
        restored.stream()
            .flatMap(bed -> Stream.ofNullable(bed.route()))
            .mapToLong(route -> route.volumes().size())
            .sum();
    if (stopped == 0) {
      return "replace the root volumes of ";
    }
    return "stop "
        + (stopped == restored.size() ? "" : stopped + " machines ")
        + "and exchange "
        + (volumes == 0
            ? ""
            : volumes + (volumes == 1 ? " data volume" : " data volumes") + " and ")
        + "the root volumes of ";
  }

  private static ObjectNode toConfirm(RestoreAsk ask, String confirm) {
    ObjectNode again = Json.of("action", RestoreAsk.Action.RUN.title(), "rollout", ask.rollout());
    if (!ask.machines().isEmpty()) {
      ask.machines().forEach(again.putArray("machines")::add);
    }
    again.put("point", ask.point());
    if (ask.reason() != null) {
      again.put("reason", ask.reason());
    }
    if (ask.path() != null) {
      again.put("path", ask.path().name());
    }
    if (!ask.volumes().isEmpty()) {
      ask.volumes().forEach(again.putArray("volumes")::add);
    }
    return again.put("by", ask.by()).put("confirm", confirm);
  }
}
