package dev.ringfence.drill;

import dev.ringfence.operation.Head;
import dev.ringfence.policy.Drills;
import dev.ringfence.release.json.Groups;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rehearsal of some restores.
 *
 * @param mark what stands for the drill in the keys of its effects
 * @param selector the fleet that is drilled
 * @param probing how clones are asked what they run; null when they are not
 * @param by who asked for it
 */
public record Drill(
    String id,
    String mark,
    Instant orderedAt,
    String product,
    Map<String, List<String>> selector,
    Drills rules,
    DrillOrder.Scope scope,
    @Nullable Probing probing,
    String by,
    DrillPhase phase)
    implements Head {
  public Drill {
    selector = Groups.frozen(selector);
  }

  /** The drill that an order asks for; its machines are chosen by its first beat. */
  public static Drill of(DrillOrder order, String mark, Instant now) {
    return new Drill(
        order.id(),
        mark,
        now,
        order.product(),
        order.selector(),
        order.rules(),
        order.scope(),
        order.probing(),
        order.by(),
        new DrillPhase.Planning(now));
  }

  @Override
  public Kind kind() {
    return Kind.DRILL;
  }

  @Override
  public String phaseName() {
    return switch (phase) {
      case DrillPhase.Planning p -> "PLANNING";
      case DrillPhase.Running r -> "RUNNING";
      case DrillPhase.Done d -> "DONE";
    };
  }

  @Override
  public boolean isFinal() {
    return phase instanceof DrillPhase.Done;
  }

  @Override
  public Set<String> alarms() {
    return Set.of();
  }

  Drill in(DrillPhase next) {
    return new Drill(id, mark, orderedAt, product, selector, rules, scope, probing, by, next);
  }
}
