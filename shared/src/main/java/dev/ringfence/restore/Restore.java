package dev.ringfence.restore;

import dev.ringfence.contract.Tags;
import dev.ringfence.operation.Consent;
import dev.ringfence.operation.Head;
import dev.ringfence.operation.Part;
import dev.ringfence.operation.Quarantine;
import dev.ringfence.operation.RestoreOrder;
import dev.ringfence.operation.Sight;
import dev.ringfence.release.VersionProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Bringing back the machines that one release hurt.
 *
 * @param mark what stands for the restore in the keys of its effects
 * @param cause the roll-out that hurt them
 * @param blamed the version that no restored machine may run
 * @param automatic whether no person ordered it
 * @param consent how far it may go when its first way does not bring a machine back
 * @param proofWithin how long a machine may take to prove its life after its root was replaced
 * @param atOnce how many machines are restored at the same time
 */
public record Restore(
    String id,
    String mark,
    Instant orderedAt,
    String cause,
    String product,
    String blamed,
    boolean automatic,
    Consent consent,
    VersionProbe probe,
    Duration proofWithin,
    int atOnce,
    RestorePhase phase)
    implements Head {

  /** The restore that an order asks for. */
  public static Restore of(RestoreOrder order, String mark, Instant now) {
    return new Restore(
        order.id(),
        mark,
        now,
        order.cause(),
        order.product(),
        order.blamed(),
        order.automatic(),
        order.consent(),
        order.probe(),
        order.proofWithin(),
        order.atOnce(),
        new RestorePhase.Running());
  }

  /** Its machines, in wards of as many as one command takes. */
  public static List<Ward> wards(RestoreOrder order) {
    List<Ward> wards = new ArrayList<>();
    for (int from = 0; from < order.machines().size(); from += Part.MACHINES_MAX) {
      int to = Math.min(from + Part.MACHINES_MAX, order.machines().size());
      List<Patient> patients =
          order.machines().subList(from, to).stream().map(Patient::of).toList();
      wards.add(new Ward(wards.size(), patients, false, null, 0));
    }
    return wards;
  }

  @Override
  public Kind kind() {
    return Kind.RESTORE;
  }

  @Override
  public String phaseName() {
    return switch (phase) {
      case RestorePhase.Running r -> "RUNNING";
      case RestorePhase.Done d -> "DONE";
    };
  }

  @Override
  public boolean isFinal() {
    return phase instanceof RestorePhase.Done;
  }

  @Override
  public Set<String> alarms() {
    return Set.of();
  }

  Restore in(RestorePhase next) {
    return new Restore(
        id,
        mark,
        orderedAt,
        cause,
        product,
        blamed,
        automatic,
        consent,
        probe,
        proofWithin,
        atOnce,
        next);
  }

  /** Why no machine may be left with this version, to be read after it; null when it may. */
  @Nullable String objection(String version, Sight sight) {
    if (version.equals(blamed)) {
      return "hurt it";
    }
    Quarantine quarantine = sight.quarantine();
    return quarantine == null ? null : quarantine.against(version).orElse(null);
  }

  /** What it restores from, as it is on record. */
  String release() {
    return product + " " + blamed;
  }

  /** What begins the keys of everything that is done to one machine. */
  String key(Patient patient) {
    String again = patient.attempt() == 1 ? "" : "-" + patient.attempt();
    return "rf-" + mark + "-" + patient.machine() + again;
  }

  /** The folder for what a machine shows; each root that did not bring it back has its own. */
  String evidence(Patient patient) {
    return patient.attempt() == 1 ? id : id + "/attempt-" + patient.attempt();
  }

  /** By which whatever is made for a machine is found again. */
  Map<String, String> tags(Patient patient) {
    return Map.of(Tags.OPERATION, id, Tags.MACHINE, patient.machine(), Tags.RELEASE, release());
  }

  /** On the root that was replaced, which is evidence and the way back until somebody is sure. */
  Map<String, String> oldTags(Patient patient, Instant replaced) {
    Map<String, String> tags = new HashMap<>(tags(patient));
    tags.put(Tags.EXPIRES, replaced.plus(RestoreTempo.OLD_ROOT_KEPT).toString());
    return tags;
  }
}
