package dev.ringfence.lab.cloud.ec2;

import dev.ringfence.lab.cloud.account.Chance;
import dev.ringfence.lab.cloud.disk.Disks;
import dev.ringfence.lab.cloud.disk.Volume;
import dev.ringfence.lab.cloud.machine.Fleet;
import dev.ringfence.lab.cloud.machine.Hardware;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.cloud.machine.Reach;
import dev.ringfence.lab.cloud.machine.Settings;
import dev.ringfence.lab.cloud.machine.StatusChecks;
import dev.ringfence.lab.cloud.network.Networks;
import dev.ringfence.lab.time.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes new instances from images. A new instance's agent is heard only when its network and its
 * profile let it reach Systems Manager.
 */
public final class Launches {
  /** What every gp3 volume has without paying extra. */
  private static final int GP3_IOPS = 3000;

  private static final int GP3_THROUGHPUT = 125;

  private final VirtualClock clock;
  private final Chance chance;
  private final Fleet fleet;
  private final Disks disks;
  private final PowerControl power;
  private final Networks networks;
  private final Reach reach;
  private long made;

  public Launches(
      VirtualClock clock,
      Chance chance,
      Fleet fleet,
      Disks disks,
      PowerControl power,
      Networks networks,
      Reach reach) {
    this.clock = clock;
    this.chance = chance;
    this.fleet = fleet;
    this.disks = disks;
    this.power = power;
    this.networks = networks;
    this.reach = reach;
  }

  /**
   * What to launch.
   *
   * @param keyId the key for the root, or empty
   * @param deletesRoot whether the root goes with the instance
   * @param clientToken the caller's, or empty
   */
  public record Order(
      Images.Image image,
      String instanceType,
      String zone,
      String subnetId,
      List<String> securityGroups,
      @Nullable String profileArn,
      int rootGib,
      String keyId,
      boolean deletesRoot,
      Map<String, String> tags,
      Map<String, String> volumeTags,
      String clientToken) {}

  /** Launches one instance; it is pending, and comes up by itself. */
  public Machine launch(Order order) {
    long turn = made++;
    Machine machine =
        Machine.launched(
            hardware(order, turn),
            order.tags(),
            chance.between("launch-checks", "", turn, Duration.ZERO, StatusChecks.EVERY));
    Settings settings = machine.settings();
    settings.launchedWith(order.clientToken());
    settings.network(order.subnetId(), order.securityGroups());
    settings.profileArn(order.profileArn());
    giveRoot(machine, order, turn);
    fleet.add(machine);
    if (!networks.reachesSystemsManager(settings)) {
      reach.hush(machine);
    }
    power.start(machine);
    return machine;
  }

  private Hardware hardware(Order order, long turn) {
    Images.Image image = order.image();
    return new Hardware(
        Chance.id("i", chance.of("launch", "", turn)),
        image.os(),
        image.architecture(),
        order.instanceType(),
        order.zone(),
        false,
        false,
        image.rootDevice(),
        image.id(),
        clock.instant());
  }

  private void giveRoot(Machine machine, Order order, long turn) {
    Volume root =
        new Volume(
            new Volume.Facts(
                Chance.id("vol", chance.of("launch-root", "", turn)),
                order.zone(),
                order.rootGib(),
                "gp3",
                GP3_IOPS,
                GP3_THROUGHPUT,
                order.keyId(),
                "",
                clock.instant(),
                order.image().snapshotId()),
            order.image().content());
    root.tag(order.volumeTags());
    disks.add(root);
    machine.attach(root, order.image().rootDevice(), clock.instant(), order.deletesRoot());
  }
}
