package dev.ringfence.drill;

import dev.ringfence.policy.Drills;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What shall be drilled.
 *
 * @param id the drill's id
 * @param selector the fleet: machines that have each of these tags with one of its values
 * @param rules how, from the product's policy
 * @param probing how clones are asked what they run; null when they are not
 * @param by who asks: the schedule or an operator
 */
public record DrillOrder(
    String id,
    String product,
    Map<String, List<String>> selector,
    Drills rules,
    Scope scope,
    @Nullable Probing probing,
    String by) {

  /** Which machines of the fleet. */
  public sealed interface Scope {
    /** One machine of each class that is due. */
    record Due() implements Scope {}

    /** These machines; one that is not there is a failed drill. */
    record Machines(List<String> ids) implements Scope {
      public Machines {
        ids = List.copyOf(ids);
      }
    }

    /** One machine of each of these classes; one that has no machine is a failed drill. */
    record Classes(List<String> names) implements Scope {
      public Classes {
        names = List.copyOf(names);
      }
    }
  }
}
