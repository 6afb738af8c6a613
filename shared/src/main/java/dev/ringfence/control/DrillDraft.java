package dev.ringfence.control;

import dev.ringfence.drill.DrillOrder;
import dev.ringfence.drill.Rehearsal;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.policy.Drills;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A drill that was not confirmed yet.
 *
 * @param chosen whom it would take
 * @param points the newest restore points by root volume; a volume without one is snapshotted first
 */
record DrillDraft(
    String product,
    DrillOrder.Scope scope,
    Drills rules,
    List<Rehearsal> chosen,
    Map<String, RestorePoint> points) {
  /**
   * From a clone's launch until it is gone, about: what drills take whose clones boot at once. One
   * that does not boot is waited for as long as the policy says.
   */
  private static final Duration EACH = Duration.ofMinutes(30);

  DrillDraft {
    chosen = List.copyOf(chosen);
    points = Map.copyOf(points);
  }

  @Nullable RestorePoint point(Rehearsal one) {
    return one.rootVolume() == null ? null : points.get(one.rootVolume());
  }

  Duration takes() {
    return EACH.multipliedBy(Math.ceilDiv(chosen.size(), rules.atOnce()));
  }

  /** The hash to be confirmed with. */
  String confirm(Instant now) {
    return hash(slot(now));
  }

  /**
   * For which ten minutes it was confirmed: those in which the hash was shown. They name the drill,
   * so that it is begun once however often it is confirmed.
   *
   * @return empty when the hash does not hold, or there is nothing to confirm
   */
  Optional<Instant> confirmedAt(@Nullable String hash, Instant now) {
    long slot = slot(now);
    for (long shown = slot; shown >= slot - 1 && !chosen.isEmpty(); shown--) {
      if (hash(shown).equals(hash)) {
        return Optional.of(Instant.ofEpochSecond(shown * RestorePlan.VALID.toSeconds()));
      }
    }
    return Optional.empty();
  }

  private static long slot(Instant now) {
    return now.getEpochSecond() / RestorePlan.VALID.toSeconds();
  }

  /** Newer restore points come by themselves and make no difference; all else does. */
  private String hash(long slot) {
    List<String> facts = new ArrayList<>();
    facts.add(product);
    facts.add(scope.toString());
    facts.add(rules.toString());
    facts.add(Long.toString(slot));
    for (Rehearsal one : chosen) {
      facts.add(one.machine());
      facts.add(one.restoreClass());
      facts.add(String.valueOf(one.rootVolume()));
      facts.add(one.build().toString());
    }
    return Confirm.of(facts);
  }
}
