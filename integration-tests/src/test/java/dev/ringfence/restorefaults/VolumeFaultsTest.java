package dev.ringfence.restorefaults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.contract.Tags;
import dev.ringfence.lab.cloud.disk.Volume;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.cloud.machine.Tenure;
import dev.ringfence.restore.PatientPhase;
import dev.ringfence.restorefaults.Spoiler.Fault;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A root and a data volume go back together, or neither does, whatever goes wrong at whatever
 * moment; judged by what the cloud knows, not by what the restore says.
 */
class VolumeFaultsTest {
  @ParameterizedTest
  @EnumSource(VolumeWay.class)
  void nothingGoesWrong_bothGoBackOrNeither(VolumeWay way) {
    judge(way, way.with(Spoiler.none()), way.name());
  }

  @ParameterizedTest
  @EnumSource(VolumeWay.class)
  void deathAtWhateverChange_bothGoBackOrNeither(VolumeWay way) {
    everywhere(way, List.of(Fault.DIES_BEFORE, Fault.DIES_AFTER));
  }

  @ParameterizedTest
  @EnumSource(VolumeWay.class)
  void requestOrAnswersLostAtWhateverChange_bothGoBackOrNeither(VolumeWay way) {
    everywhere(way, List.of(Fault.REQUEST_LOST, Fault.ANSWERS_LOST));
  }

  @ParameterizedTest
  @EnumSource(VolumeWay.class)
  void throttledOrAnsweredLateFromWhateverChangeOn_bothGoBackOrNeither(VolumeWay way) {
    everywhere(way, List.of(Fault.ANSWER_LATE, Fault.THROTTLED));
  }

  @ParameterizedTest
  @EnumSource(VolumeWay.class)
  void listsLagBehind_noVolumeIsLost(VolumeWay way) {
    for (int seconds : List.of(16, 50, 100, 170)) {
      Spoiler lagging = new Spoiler(Fault.NOTHING, 0, Duration.ofSeconds(seconds));
      keepsEveryVolume(way.with(lagging), way + " with lists " + seconds + " s old");
    }
  }

  /** Every call that changes something, also those for the second volume and on the way back. */
  private static void everywhere(VolumeWay way, List<Fault> faults) {
    List<String> calls = way.with(Spoiler.none()).spoiler.calls();
    for (int at = 0; at < calls.size(); at++) {
      String call = calls.get(at);
      if (Spoiler.changes(call)) {
        for (Fault fault : faults) {
          Ordeal ordeal = way.with(new Spoiler(fault, at, Duration.ZERO));
          judge(way, ordeal, way + ": " + fault + " " + at + " " + call);
        }
      }
    }
  }

  private static void judge(VolumeWay way, Ordeal ordeal, String when) {
    PatientPhase phase = ordeal.patient().phase();
    String told = when + ": " + phase;
    keepsEveryVolume(ordeal, when);
    if (!way.isRestored()) {
      assertInstanceOf(PatientPhase.NeedsPerson.class, phase, told);
      assertEquals(first(ordeal, VolumeWay.DEVICE), now(ordeal, VolumeWay.DEVICE).id(), told);
      // Whose key may not be used does not start with its old root either.
      boolean starts = way != VolumeWay.START_DENIED;
      assertEquals(starts, ordeal.machine.power() == Machine.Power.RUNNING, told);
      return;
    }
    assertInstanceOf(PatientPhase.Restored.class, phase, told);
    assertTrue(ordeal.cloud.truth().isAlive(ordeal.machine.id()), told);
    Volume data = now(ordeal, VolumeWay.DEVICE);
    assertEquals(
        List.of(20, "gp3", 4000, 250),
        List.of(
            data.facts().sizeGib(),
            data.facts().type(),
            data.facts().iops(),
            data.facts().throughput()),
        told);
    Volume.Attachment attached = Objects.requireNonNull(data.attachment());
    assertTrue(attached.deleteOnTermination(), told);
    String root = ordeal.machine.hardware().rootDevice();
    assertEquals(
        Set.of(first(ordeal, VolumeWay.DEVICE), first(ordeal, root)),
        Set.copyOf(ordeal.cloud.truth().leftovers().tagged(Tags.EXPIRES)),
        told);
  }

  /** Never two at one device, never none in the end, never the wrong one, and both or neither. */
  private static void keepsEveryVolume(Ordeal ordeal, String when) {
    String told = when + ": " + ordeal.patient().phase();
    assertTrue(ordeal.restore().head().isFinal(), told);
    assertFalse(ordeal.isTouchedUnseen(), told);
    String root = ordeal.machine.hardware().rootDevice();
    Map<String, Boolean> exchanged = new HashMap<>();
    for (String device : List.of(root, VolumeWay.DEVICE)) {
      List<Tenure> tenures = at(ordeal, device);
      String old = tenures.getFirst().volumeId();
      for (int i = 0; i < tenures.size(); i++) {
        Tenure tenure = tenures.get(i);
        assertTrue(
            i + 1 == tenures.size() || !tenure.covers(tenures.get(i + 1).from()), told + tenures);
        assertTrue(tenure.volumeId().equals(old) || isOf(ordeal, tenure, old), told + tenures);
      }
      exchanged.put(device, !now(ordeal, device).id().equals(old));
    }
    assertEquals(exchanged.get(root), exchanged.get(VolumeWay.DEVICE), told);
  }

  /** Whether a volume was made from the snapshot of this very volume in the restore point's set. */
  private static boolean isOf(Ordeal ordeal, Tenure tenure, String old) {
    Optional<String> source = ordeal.cloud.truth().roots().madeFrom(tenure.volumeId());
    return source.isPresent() && source.get().equals(ordeal.set.get(old));
  }

  private static List<Tenure> at(Ordeal ordeal, String device) {
    return ordeal.machine.tenures().stream().filter(t -> t.device().equals(device)).toList();
  }

  private static String first(Ordeal ordeal, String device) {
    return at(ordeal, device).getFirst().volumeId();
  }

  private static Volume now(Ordeal ordeal, String device) {
    Volume volume = ordeal.machine.disks().get(device);
    assertNotNull(volume, () -> "nothing is at " + device);
    return volume;
  }
}
