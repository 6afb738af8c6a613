package dev.ringfence.drill;

import dev.ringfence.contract.Tags;
import java.util.Map;

/** How the things that a drill makes are called and tagged. */
final class DrillKeys {
  private DrillKeys() {}

  /** What begins the keys of all effects of a rehearsal, and the value of its drill tag. */
  static String of(Drill head, Rehearsal one) {
    return "rf-" + head.mark() + "-" + one.machine();
  }

  /**
   * What begins the keys of what is made in one of the policy's subnets: a client token stands for
   * one request, and a volume belongs to one zone.
   */
  static String of(Drill head, Rehearsal one, int place) {
    return of(head, one) + (place == 0 ? "" : "-p" + place);
  }

  static Map<String, String> tags(Drill head, Rehearsal one) {
    return Map.of(
        Tags.DRILL, of(head, one), Tags.OPERATION, head.id(), Tags.MACHINE, one.machine());
  }
}
