package dev.ringfence.restorefaults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.contract.Tags;
import dev.ringfence.lab.cloud.FleetSpec;
import dev.ringfence.lab.cloud.ec2.RootReplacements.Failure;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.cloud.machine.Tenure;
import dev.ringfence.restore.PatientPhase;
import dev.ringfence.restorefaults.Spoiler.Fault;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A machine is restored or left with a root, whatever goes wrong at whatever moment. */
class RestoreFaultsTest {
  /** Beyond its second time a call is a poll like the one before. */
  private static final int OCCURRENCES = 2;

  /** The ways a restore can take. */
  enum Way {
    REPLACED(machine -> isLone(machine), ordeal -> {}),
    /** EC2 replaces no roots of bare metal, and says so at once. */
    REFUSED(machine -> machine.hardware().instanceType().contains(".metal"), ordeal -> {}),
    FAILED(machine -> isLone(machine), ordeal -> fail(ordeal, Failure.OLD_ROOT_KEPT)),
    FAILED_DETACHED(machine -> isLone(machine), ordeal -> fail(ordeal, Failure.DETACHED)),
    STOPPED(
        machine -> isLone(machine),
        ordeal -> ordeal.onlooker.ec2().stopInstances(s -> s.instanceIds(ordeal.machine.id()))),
    AUTO_SCALING(machine -> !isLone(machine), ordeal -> fail(ordeal, Failure.OLD_ROOT_KEPT));

    private final Predicate<Machine> which;
    private final Consumer<Ordeal> before;

    Way(Predicate<Machine> which, Consumer<Ordeal> before) {
      this.which = which;
      this.before = before;
    }

    private static boolean isLone(Machine machine) {
      return !machine.tags().containsKey(FleetSpec.AUTO_SCALING_TAG)
          && !machine.hardware().instanceType().contains(".metal");
    }

    private static void fail(Ordeal ordeal, Failure how) {
      ordeal.cloud.faults().failRootReplacementOn(ordeal.machine.id(), how);
    }

    Ordeal with(Spoiler spoiler) {
      return new Ordeal(which, spoiler, before).end();
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void nothingGoesWrong_machineIsRestored(Way way) {
    judge(way.with(Spoiler.none()), way.name(), true);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void deathAtWhateverCall_machineIsRestored(Way way) {
    everywhere(way, List.of(Fault.DIES_BEFORE, Fault.DIES_AFTER));
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void requestOrAnswersLostAtWhateverCall_machineIsRestored(Way way) {
    everywhere(way, List.of(Fault.REQUEST_LOST, Fault.ANSWERS_LOST));
  }

  /** Nobody promises how far EC2's lists lag behind; beyond a minute a person may be needed. */
  @ParameterizedTest
  @EnumSource(Way.class)
  void listsLagBehind_machineKeepsARoot(Way way) {
    for (int seconds : List.of(16, 31, 50)) {
      Spoiler lagging = new Spoiler(Fault.NOTHING, 0, Duration.ofSeconds(seconds));
      judge(way.with(lagging), way + " with lists " + seconds + " s old", true);
    }
    for (int seconds : List.of(100, 170)) {
      Spoiler lagging = new Spoiler(Fault.NOTHING, 0, Duration.ofSeconds(seconds));
      judge(way.with(lagging), way + " with lists " + seconds + " s old", null);
    }
  }

  private static void everywhere(Way way, List<Fault> faults) {
    List<String> calls = way.with(Spoiler.none()).spoiler.calls();
    Map<String, Integer> seen = new HashMap<>();
    for (int at = 0; at < calls.size(); at++) {
      if (seen.merge(calls.get(at), 1, Integer::sum) <= OCCURRENCES) {
        for (Fault fault : faults) {
          String when = way + ": " + fault + " " + at + " " + calls.get(at);
          judge(way.with(new Spoiler(fault, at, Duration.ZERO)), when, true);
        }
      }
    }
  }

  /**
   * @param restored null when a person may be asked as well
   */
  private static void judge(Ordeal ordeal, String when, @Nullable Boolean restored) {
    String machine = ordeal.machine.id();
    var roots = ordeal.cloud.truth().roots();
    var phase = ordeal.patient().phase();
    assertTrue(ordeal.restore().head().isFinal(), when);
    assertEquals(1, roots.mostRoots(machine), when);
    List<Tenure> tenures = roots.tenures(machine);
    assertTrue(roots.rootAt(machine, ordeal.clock.instant()).isPresent(), when + phase);
    for (Tenure tenure : tenures.subList(1, tenures.size())) {
      assertTrue(roots.isOfItsLineage(machine, tenure.volumeId()), when + tenure);
    }
    boolean back = phase instanceof PatientPhase.Restored;
    assertEquals(restored == null ? back : restored, back, () -> when + " " + phase);
    if (back) {
      assertTrue(ordeal.cloud.truth().isAlive(machine), when);
      String old = tenures.getFirst().volumeId();
      assertTrue(
          ordeal.cloud.truth().leftovers().tagged(Tags.OPERATION).contains(old), when + tenures);
    }
  }
}
