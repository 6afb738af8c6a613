package dev.ringfence.restorefaults;

import dev.ringfence.fleet.RootPath;
import dev.ringfence.lab.cloud.FleetSpec;
import dev.ringfence.lab.cloud.disk.Volume;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.operation.Agreement;
import dev.ringfence.operation.Disk;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The ways that a restore of a root and a data volume can take, which a person has asked for. */
// The functions are without state, which their types cannot say.
@SuppressWarnings("ImmutableEnumChecker")
enum VolumeWay {
  PLAIN(machine -> isLone(machine, true), ordeal -> {}, true),
  /** Its group must not notice. */
  AUTO_SCALING(machine -> isLone(machine, false), ordeal -> {}, true),
  /** The machine does not start with its new root, so both old volumes come back. */
  START_DENIED(
      machine -> isLone(machine, true),
      ordeal -> ordeal.cloud.faults().denyKeyGrant(ordeal.machine.id()),
      false),
  /** No root comes of the snapshot when the data volume was exchanged already. */
  ROOT_ARCHIVED(
      machine -> isLone(machine, true),
      ordeal -> ordeal.cloud.faults().restore().archive(ordeal.point.snapshot()),
      false);

  static final String DEVICE = "/dev/sdp";
  private static final int GIBIBYTES = 20;
  private static final int IOPS = 4000;
  private static final int THROUGHPUT = 250;

  private final Predicate<Machine> which;
  private final Consumer<Ordeal> before;
  private final boolean restored;

  VolumeWay(Predicate<Machine> which, Consumer<Ordeal> before, boolean restored) {
    this.which = which;
    this.before = before;
    this.restored = restored;
  }

  /** Whether both volumes go back in the end; else neither does. */
  boolean isRestored() {
    return restored;
  }

  Ordeal with(Spoiler spoiler) {
    return new Ordeal(which, spoiler, VolumeWay::attachData, before, VolumeWay::agreed).end();
  }

  private static void attachData(Ordeal ordeal) {
    var ec2 = ordeal.onlooker.ec2();
    String data =
        ec2.createVolume(volume ->
                volume
                    .availabilityZone(ordeal.machine.hardware().zone())
                    .size(GIBIBYTES)
                    .volumeType("gp3")
                    .iops(IOPS)
                    .throughput(THROUGHPUT))
            .volumeId();
    ordeal.run(Duration.ofMinutes(1));
    ec2.attachVolume(
        attach -> attach.volumeId(data).instanceId(ordeal.machine.id()).device(DEVICE));
  }

  private static Agreement agreed(Ordeal ordeal) {
    Volume data = Objects.requireNonNull(ordeal.machine.disks().get(DEVICE));
    return new Agreement(
        RootPath.B,
        Set.of(),
        List.of(
            new Agreement.DataVolume(
                DEVICE,
                data.id(),
                Objects.requireNonNull(ordeal.set.get(data.id())),
                new Disk("gp3", GIBIBYTES, IOPS, THROUGHPUT, null),
                true)));
  }

  private static boolean isLone(Machine machine, boolean lone) {
    return machine.tags().containsKey(FleetSpec.AUTO_SCALING_TAG) != lone
        && !machine.hardware().instanceType().contains(".metal")
        && !machine.hardware().spot()
        && !machine.settings().stopProtected();
  }
}
