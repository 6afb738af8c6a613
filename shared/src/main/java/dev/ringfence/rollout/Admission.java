package dev.ringfence.rollout;

import dev.ringfence.fleet.Machine;
import dev.ringfence.fleet.RestoreClass;
import dev.ringfence.operation.Proofs;
import dev.ringfence.policy.ChannelPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which machines a rollout takes in, as far as drills are concerned: those whose class has a
 * passing drill that is young enough. A machine that the policy lets be updated although it cannot
 * be restored needs no proof of its restore.
 */
public final class Admission {
  /** The first word of the reason for which a machine is left out. */
  public static final String NOT_PROVEN = "NO_PROVEN_RESTORE";

  /** Everybody is taken in. */
  public static final Admission OF_ALL = new Admission(Duration.ZERO, Proofs.NONE, Instant.EPOCH);

  private final Duration maxDrillAge;
  private final Proofs proofs;
  private final Instant now;

  private Admission(Duration maxDrillAge, Proofs proofs, Instant now) {
    this.maxDrillAge = maxDrillAge;
    this.proofs = proofs;
    this.now = now;
  }

  /**
   * The admission under a policy.
   *
   * @param proofs what drills have proven; null when it could not be read
   * @return null when it cannot be told without the proofs
   */
  public static @Nullable Admission of(ChannelPolicy policy, @Nullable Proofs proofs, Instant now) {
    Duration maxAge = policy.maxDrillAge();
    if (proofs == null) {
      return maxAge.isZero() ? OF_ALL : null;
    }
    return new Admission(maxAge, proofs, now);
  }

  /**
   * What restoring one of these machines takes: the longest that drills measured of their classes.
   * While one of the classes was never measured, not less than is assumed without drills.
   */
  Duration oneRestore(List<Machine> machines) {
    return machines.stream()
        .filter(machine -> machine.rootVolume() != null && machine.isRestorable())
        .map(machine -> RestoreClass.of(machine).name())
        .distinct()
        .map(name -> proofs.recoveryTime(name).orElse(Recovery.NOT_MEASURED))
        .max(Comparator.naturalOrder())
        .orElse(Recovery.NOT_MEASURED);
  }

  /** Why a machine is left out; empty when it is taken in. */
  Optional<String> objection(Machine machine) {
    if (maxDrillAge.isZero() || machine.rootVolume() == null || !machine.isRestorable()) {
      return Optional.empty();
    }
    String name = RestoreClass.of(machine).name();
    return proofs
        .ofClass(name)
        .objection(maxDrillAge, now)
        .map(why -> NOT_PROVEN + " " + name + ": " + why);
  }
}
