package dev.ringfence.restorefaults;

import dev.ringfence.lab.cloud.FleetSpec;
import dev.ringfence.lab.cloud.ec2.RootReplacements.Failure;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.cloud.machine.Stratum;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The ways that a restore can take, and where each ends. */
// The functions are without state, which their types cannot say.
@SuppressWarnings("ImmutableEnumChecker")
enum Way {
  REPLACED(Way::isPlain, ordeal -> {}, End.RESTORED, ""),
  /** What its newest restore point holds does not boot; the nightly snapshot does. */
  NEWEST_BROKEN(Way::isPlain, ordeal -> {}, End.RESTORED_FROM_OLDER, ""),
  /** EC2 replaces no roots of bare metal, and says so at once. */
  REFUSED(Way::isMetal, ordeal -> {}, End.RESTORED, ""),
  FAILED(Way::isPlain, Way::fail, End.RESTORED, ""),
  FAILED_DETACHED(Way::isPlain, Way::detach, End.RESTORED, ""),
  /** Somebody has switched it off, and only somebody switches it on again. */
  STOPPED(
      Way::isPlain,
      ordeal -> ordeal.onlooker.ec2().stopInstances(s -> s.instanceIds(ordeal.machine.id())),
      End.OLD_ROOT,
      "it is stopped"),
  SLOW_STOP(
      Way::isPlain,
      ordeal -> {
        fail(ordeal);
        ordeal.cloud.faults().restore().slowStops(Duration.ofMinutes(25));
      },
      End.RESTORED,
      ""),
  /** A group replaces members that stop, and must not notice this one. */
  AUTO_SCALING(machine -> isLone(machine, false), Way::fail, End.RESTORED, ""),
  SPOT(machine -> machine.hardware().spot(), Way::fail, End.OLD_ROOT, "Spot"),
  STOP_PROTECTED(
      machine -> machine.settings().stopProtected(), Way::fail, End.OLD_ROOT, "disableApiStop"),
  /** What is made from the snapshot ends in the state {@code error}. */
  KEY_FORBIDDEN(
      machine -> isPlain(machine) && rootKey(machine).contains("key"),
      ordeal -> {
        fail(ordeal);
        ordeal.cloud.faults().restore().forbidKey(rootKey(ordeal.machine));
      },
      End.OLD_ROOT,
      "came to the state error"),
  /** A start is answered well, and then the machine stops with nothing but a code. */
  START_DENIED(
      Way::isPlain,
      ordeal -> {
        fail(ordeal);
        ordeal.cloud.faults().denyKeyGrant(ordeal.machine.id());
      },
      End.OLD_ROOT,
      "Client.InternalError"),
  /** EC2 itself took the root away; a Spot machine is lost only if it starts without one. */
  SPOT_DETACHED(machine -> machine.hardware().spot(), Way::detach, End.RESTORED, "");

  /** How it ends. */
  enum End {
    RESTORED,
    RESTORED_FROM_OLDER,
    /** A person is asked, and the machine has the root that it had. */
    OLD_ROOT
  }

  private final Predicate<Machine> which;
  private final Consumer<Ordeal> before;
  private final End end;
  private final String words;

  Way(Predicate<Machine> which, Consumer<Ordeal> before, End end, String words) {
    this.which = which;
    this.before = before;
    this.end = end;
    this.words = words;
  }

  End end() {
    return end;
  }

  /** What a person is told at least; empty when nobody is asked. */
  String words() {
    return words;
  }

  Ordeal with(Spoiler spoiler) {
    return new Ordeal(which, spoiler, this::spoilSnapshot, before).end();
  }

  private void spoilSnapshot(Ordeal ordeal) {
    if (end == End.RESTORED_FROM_OLDER) {
      ordeal.cloud.faults().restore().snapshotsDoNotBoot(Stratum.EVERYWHERE);
    }
  }

  private static boolean isPlain(Machine machine) {
    return isLone(machine, true)
        && !isMetal(machine)
        && !machine.hardware().spot()
        && !machine.settings().stopProtected();
  }

  private static boolean isLone(Machine machine, boolean lone) {
    return machine.tags().containsKey(FleetSpec.AUTO_SCALING_TAG) != lone;
  }

  private static boolean isMetal(Machine machine) {
    return machine.hardware().instanceType().contains(".metal");
  }

  private static String rootKey(Machine machine) {
    return Objects.requireNonNull(machine.root()).facts().keyId();
  }

  private static void fail(Ordeal ordeal) {
    ordeal.cloud.faults().failRootReplacementOn(ordeal.machine.id(), Failure.OLD_ROOT_KEPT);
  }

  private static void detach(Ordeal ordeal) {
    ordeal.cloud.faults().failRootReplacementOn(ordeal.machine.id(), Failure.DETACHED);
  }
}
