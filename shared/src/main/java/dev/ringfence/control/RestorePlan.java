package dev.ringfence.control;

import dev.ringfence.fleet.RootPath;
import dev.ringfence.operation.Consent;
import dev.ringfence.operation.RestoreOrder;
import dev.ringfence.rollout.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A restore that was not confirmed yet.
 *
 * @param id what the restore will be called; the same as long as the same machines have the same
 *     roots, so that it is not begun twice
 * @param cause the rollout that hurt the machines
 */
record RestorePlan(String id, Rollout cause, List<Bed> beds) {
  /** A plan that was read and thought about; an older one is shown anew. */
  static final Duration VALID = Duration.ofMinutes(10);

  /** What one replacement takes until its machine has proven its life, as drills measure it. */
  private static final Duration EACH = Duration.ofMinutes(10);

  /**
   * What one exchange takes: a stop that does not wait for the system, some steps with volumes, a
   * start, and a boot from a volume whose blocks still come from the snapshot.
   */
  static final Duration EXCHANGE = Duration.ofMinutes(15);

  RestorePlan {
    beds = List.copyOf(beds);
  }

  List<Bed> restored() {
    return beds.stream().filter(Bed::isRestored).toList();
  }

  /** The restore that has every one of these machines in its hands already. */
  Optional<String> underWay() {
    Set<String> restores =
        beds.stream().map(bed -> String.valueOf(bed.restore())).collect(Collectors.toSet());
    boolean all = beds.stream().allMatch(bed -> bed.restore() != null);
    return all && restores.size() == 1 ? restores.stream().findFirst() : Optional.empty();
  }

  /** As one call after the other would take it. */
  Duration takes() {
    boolean exchanged = restored().stream().anyMatch(bed -> bed.isRestoredBy(RootPath.B));
    return (exchanged ? EXCHANGE : EACH)
        .multipliedBy(Math.ceilDiv(restored().size(), cause.policy().restoresAtOnce()));
  }

  /** The hash to be confirmed with. */
  String confirm(Instant now) {
    return hash(now.getEpochSecond() / VALID.toSeconds());
  }

  /** A hash holds in the ten minutes in which it was shown and in the ten after. */
  boolean isConfirmedBy(@Nullable String hash, Instant now) {
    long slot = now.getEpochSecond() / VALID.toSeconds();
    return !restored().isEmpty() && (hash(slot).equals(hash) || hash(slot - 1).equals(hash));
  }

  private String hash(long slot) {
    List<String> facts = new ArrayList<>();
    facts.add(id);
    facts.add(Long.toString(slot));
    facts.add(cause.id());
    beds.forEach(bed -> facts.add(bed.fact()));
    return Confirm.of(facts);
  }

  /** Null when a person chose another point than the rollout's, of which nobody knows it. */
  private @Nullable String holds(Bed bed) {
    return bed.recorded() ? cause.heldBy(bed.point()) : null;
  }

  /** The order that a confirmed plan becomes. */
  RestoreOrder order() {
    List<RestoreOrder.Hurt> hurt =
        restored().stream()
            .map(bed ->
                new RestoreOrder.Hurt(
                    bed.machine(),
                    bed.zone(),
                    bed.exposed(),
                    bed.point(),
                    holds(bed),
                    bed.why(),
                    bed.agreement()))
            .toList();
    return new RestoreOrder(
        id,
        cause.id(),
        cause.release().product(),
        cause.release().version(),
        false,
        Consent.REPLACEMENT,
        cause.release().versionProbe(),
        cause.policy().recoveryTime(),
        cause.policy().restoresAtOnce(),
        hurt);
  }
}
