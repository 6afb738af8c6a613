package dev.ringfence.operation;

import dev.ringfence.release.VersionProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a halted roll-out hands over: the machines it hurt, as data, and all that is needed to bring
 * them back.
 *
 * @param id the restore's id
 * @param cause the roll-out's id
 * @param blamed the version that no restored machine may run
 * @param automatic whether no person ordered it; a machine is restored so once from a release
 * @param consent how far it may go when its first way does not bring a machine back
 * @param proofWithin how long a machine may take to prove its life after its root was replaced
 * @param atOnce how many machines may be restored at the same time, at least 1
 */
public record RestoreOrder(
    String id,
    String cause,
    String product,
    String blamed,
    boolean automatic,
    Consent consent,
    VersionProbe probe,
    Duration proofWithin,
    int atOnce,
    List<Hurt> machines) {
  public RestoreOrder {
    machines = List.copyOf(machines);
  }

  /**
   * @param exposed when the release was first given to it; null when that is not known
   * @param point null when there is nothing to go back to, which the restore says to a person
   * @param holds the version that the restore point holds, which must be read back after the
   *     restore; null when nobody knows, and then any but the blamed one will do
   * @param why what was seen of the machine
   * @param agreed what somebody has agreed to for it; null for nothing beyond the usual
   */
  public record Hurt(
      String machine,
      String zone,
      @Nullable Instant exposed,
      @Nullable RestorePoint point,
      @Nullable String holds,
      String why,
      @Nullable Agreement agreed) {
    /** A machine that goes back as usual. */
    public Hurt(
        String machine,
        String zone,
        @Nullable Instant exposed,
        @Nullable RestorePoint point,
        @Nullable String holds,
        String why) {
      this(machine, zone, exposed, point, holds, why, null);
    }
  }
}
