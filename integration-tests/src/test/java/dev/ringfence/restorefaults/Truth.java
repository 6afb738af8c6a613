package dev.ringfence.restorefaults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.contract.Tags;
import dev.ringfence.lab.cloud.RootTruth;
import dev.ringfence.lab.cloud.machine.Tenure;
import dev.ringfence.restore.PatientPhase;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What is so at the end of an ordeal, held against what must be. */
final class Truth {
  private final Ordeal ordeal;
  private final String machine;
  private final String when;
  private final PatientPhase phase;
  private final List<Tenure> tenures;

  private Truth(Ordeal ordeal, String when) {
    this.ordeal = ordeal;
    this.machine = ordeal.machine.id();
    this.phase = ordeal.patient().phase();
    this.when = when + ": " + phase;
    this.tenures = ordeal.cloud.truth().roots().tenures(machine);
  }

  /** What holds however it ended: one root at a time, of the machine's own, and evidence first. */
  static Truth of(Ordeal ordeal, String when) {
    Truth truth = new Truth(ordeal, when);
    RootTruth roots = ordeal.cloud.truth().roots();
    assertTrue(ordeal.restore().head().isFinal(), truth.when);
    assertEquals(1, roots.mostRoots(truth.machine), truth.when);
    String first = truth.tenures.getFirst().volumeId();
    for (Tenure tenure : truth.tenures) {
      String volume = tenure.volumeId();
      assertTrue(
          volume.equals(first) || roots.isOfItsLineage(truth.machine, volume), truth.when + tenure);
    }
    assertTrue(roots.rootAt(truth.machine, ordeal.clock.instant()).isPresent(), truth.when);
    assertFalse(ordeal.isTouchedUnseen(), truth.when);
    return truth;
  }

  void endsAs(Way way) {
    switch (way.end()) {
      case RESTORED -> isRestored(1);
      case RESTORED_FROM_OLDER -> isRestored(2);
      case OLD_ROOT -> {
        asksAPerson(way.words());
        assertEquals(tenures.getFirst().volumeId(), tenures.getLast().volumeId(), when);
      }
    }
  }

  /** It may have been too much for a machine alone, but nothing was lost and somebody knows. */
  void isNeverWorseOff(Way way) {
    if (phase instanceof PatientPhase.Restored) {
      isRestored(way.end() == Way.End.RESTORED_FROM_OLDER ? 2 : 1);
    } else {
      asksAPerson("");
    }
  }

  /** From the last of so many restore points; each root before it is kept until it expires. */
  private void isRestored(int points) {
    assertTrue(phase instanceof PatientPhase.Restored, when);
    assertTrue(ordeal.cloud.truth().isAlive(machine), when);
    assertEquals(
        Ordeal.OLD,
        ordeal.cloud.truth().installed(machine, Ordeal.PRODUCT).orElse("nothing"),
        when);
    var attached = Objects.requireNonNull(ordeal.machine.root()).attachment();
    assertTrue(attached != null && attached.deleteOnTermination(), when);
    Set<String> roots = new LinkedHashSet<>();
    tenures.forEach(tenure -> roots.add(tenure.volumeId()));
    assertEquals(points + 1, roots.size(), when + tenures);
    roots.remove(tenures.getLast().volumeId());
    assertEquals(
        roots, Set.copyOf(ordeal.cloud.truth().leftovers().tagged(Tags.EXPIRES)), when + tenures);
  }

  private void asksAPerson(String words) {
    assertTrue(phase instanceof PatientPhase.NeedsPerson, when);
    if (phase instanceof PatientPhase.NeedsPerson needs) {
      assertTrue((needs.reason() + needs.tried()).contains(words), when);
      assertFalse(needs.reason().isEmpty() || needs.tried().isEmpty(), when);
    }
  }
}
