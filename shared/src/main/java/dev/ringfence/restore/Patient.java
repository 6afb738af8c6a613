package dev.ringfence.restore;

import dev.ringfence.fleet.Machine;
import dev.ringfence.fleet.RootPath;
import dev.ringfence.fleet.Unrestorable;
import dev.ringfence.operation.Agreement;
import dev.ringfence.operation.RestoreOrder;
import dev.ringfence.operation.RestorePoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One machine that is to be brought back.
 *
 * @param exposed when the blamed release was first given to it; null when that is not known
 * @param point what it goes back to; null when there is nothing, which a person is told
 * @param holds the version that the restore point holds; null when nobody knows
 * @param why what was seen of it when it was called hurt
 * @param older what it may go back to when that does not bring it back, the newest first
 * @param failed what was tried with other restore points, in words
 * @param agreed what somebody has agreed to for it; null for nothing beyond the usual
 */
public record Patient(
    String machine,
    String zone,
    @Nullable Instant exposed,
    @Nullable RestorePoint point,
    @Nullable String holds,
    String why,
    List<RestorePoint> older,
    List<String> failed,
    PatientPhase phase,
    @Nullable Agreement agreed) {
  public Patient {
    older = List.copyOf(older);
    failed = List.copyOf(failed);
  }

  /** A machine to which nothing was done yet. */
  static Patient of(RestoreOrder.Hurt hurt) {
    return new Patient(
        hurt.machine(),
        hurt.zone(),
        hurt.exposed(),
        hurt.point(),
        hurt.holds(),
        hurt.why(),
        List.of(),
        List.of(),
        new PatientPhase.Waiting(null),
        hurt.agreed());
  }

  boolean isHybrid() {
    return Machine.isHybrid(machine);
  }

  /** Whether it is to be stopped and its root exchanged, without asking EC2 to replace it first. */
  boolean isToBeExchanged() {
    return agreed != null && agreed.path() == RootPath.B;
  }

  /** What path B may cost it. */
  Set<Unrestorable> price() {
    return agreed == null ? Set.of() : agreed.price();
  }

  /** The data volumes that go back with its root. */
  List<Agreement.DataVolume> volumes() {
    return agreed == null ? List.of() : agreed.volumes();
  }

  String pointName() {
    return point == null ? "nothing" : point.snapshot();
  }

  /** Counts from 1: each restore point that was tried has keys of its own. */
  int attempt() {
    return failed.size() + 1;
  }

  /** What was tried, in words, with what was tried before. */
  String tried(String last) {
    List<String> all = new ArrayList<>(failed);
    all.add(last);
    return String.join("; then ", all);
  }

  Patient in(PatientPhase next) {
    return new Patient(machine, zone, exposed, point, holds, why, older, failed, next, agreed);
  }

  /** It goes back to another restore point, of which nobody knows what it holds. */
  Patient withPoint(@Nullable RestorePoint other) {
    return new Patient(machine, zone, exposed, other, null, why, older, failed, phase, agreed);
  }

  Patient withOlder(List<RestorePoint> points) {
    return new Patient(machine, zone, exposed, point, holds, why, points, failed, phase, agreed);
  }

  /**
   * It goes back further.
   *
   * @param last what came of the restore point that it has
   */
  Patient further(String last, Instant now) {
    List<String> all = new ArrayList<>(failed);
    all.add(last);
    return new Patient(
        machine,
        zone,
        exposed,
        older.getFirst(),
        null,
        why,
        older.subList(1, older.size()),
        all,
        new PatientPhase.Examining(now, false, null, null),
        agreed);
  }
}
