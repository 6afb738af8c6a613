package dev.ringfence.lab.cloud;

import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.account.Chance;
import dev.ringfence.lab.cloud.disk.DiskContent;
import dev.ringfence.lab.cloud.disk.Disks;
import dev.ringfence.lab.cloud.disk.Snapshot;
import dev.ringfence.lab.cloud.disk.Volume;
import dev.ringfence.lab.cloud.ec2.Images;
import dev.ringfence.lab.cloud.machine.Agent;
import dev.ringfence.lab.cloud.machine.Fleet;
import dev.ringfence.lab.cloud.machine.Hardware;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.cloud.machine.Settings;
import dev.ringfence.lab.cloud.machine.StatusChecks;
import dev.ringfence.lab.cloud.network.Networks;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Makes the machines, volumes and nightly snapshots that a fleet starts with. */
final class FleetBuilder {
  private static final double DEV_SHARE = 0.03;
  private static final double TEST_SHARE = 0.04;

  /** From this size on a fleet has at least {@link #HYBRID_LEAST} hybrid nodes. */
  private static final int HYBRID_FROM = 50;

  private static final int HYBRID_LEAST = 2;

  /** Ten machines stand in for each other, and seven of them must stay up. */
  private static final int GROUP_SIZE = 10;

  private static final int GROUP_QUORUM = 7;
  private static final double WINDOWS_SHARE = 0.45;
  private static final double ARM_SHARE_OF_LINUX = 0.4;
  private static final double AUTO_SCALING_SHARE = 0.15;
  private static final double DATA_VOLUME_SHARE = 0.2;
  private static final double ENCRYPTED_SHARE = 0.3;

  private static final int DATA_GIB = 100;
  private static final String MARKETPLACE_CODE = "7x1dc0ff33n0tr3al";

  /** Lets an agent call Systems Manager. */
  private static final String PROFILE =
      "arn:aws:iam::" + Account.ID + ":instance-profile/fleet-machine";

  /** Nobody who patches monthly has machines that are up much longer. */
  private static final Duration UPTIME_MOST = Duration.ofDays(30);

  /** A nightly snapshot is taken within a day before the run and done within the hour. */
  private static final Duration NIGHTLY_AGE_LEAST = Duration.ofHours(2);

  private static final Duration NIGHTLY_AGE_MOST = Duration.ofHours(23);
  private static final Duration NIGHTLY_TAKES = Duration.ofMinutes(20);

  private static final List<String> X86_TYPES =
      List.of("m5.large", "m6i.xlarge", "c5.large", "r6i.large", "t3.medium");
  private static final List<String> ARM_TYPES = List.of("m7g.large", "c7g.large", "t4g.small");
  private static final Map<String, String> NIGHTLY_TAGS =
      Collections.unmodifiableMap(new TreeMap<>(Map.of("backup", "nightly")));

  private final FleetSpec spec;
  private final SplittableRandom kinds;
  private final SplittableRandom ids;
  private final SplittableRandom times;
  private final DiskContent installed;
  private final Fleet fleet;
  private final Disks disks;
  private final Networks networks;
  private final int hybrids;

  FleetBuilder(FleetSpec spec, Chance chance, Disks disks, Networks networks) {
    this.networks = networks;
    this.spec = spec;
    this.kinds = chance.of("fleet-kinds", "", 0);
    this.ids = chance.of("fleet-ids", "", 0);
    this.times = chance.of("fleet-times", "", 0);
    this.installed = DiskContent.of(Map.of(spec.product(), spec.version()));
    this.fleet = new Fleet(spec.machines());
    this.disks = disks;
    int wanted = (int) Math.round(spec.machines() * spec.hybridShare());
    boolean someAtLeast = spec.hybridShare() > 0 && spec.machines() >= HYBRID_FROM;
    this.hybrids = someAtLeast ? Math.max(wanted, HYBRID_LEAST) : wanted;
  }

  Fleet build() {
    int dev = Math.max(1, (int) Math.round(spec.machines() * DEV_SHARE));
    int test = Math.max(1, (int) Math.round(spec.machines() * TEST_SHARE));
    for (int i = 0; i < spec.machines(); i++) {
      String environment = i < dev ? "dev" : i < dev + test ? "test" : "prod";
      fleet.add(machine(i, environment));
    }
    return fleet;
  }

  private Machine machine(int index, String environment) {
    // Hybrid nodes are spread evenly from the end, so that rings of every environment but the
    // smallest can have one.
    boolean hybrid = spread(spec.machines() - 1 - index, hybrids);
    Hardware hardware = hardware(index, hybrid);
    Map<String, String> tags = tags(index, environment, hardware);
    Instant booted = spec.start().minusMillis(times.nextLong(UPTIME_MOST.toMillis()));
    Instant agentStarted = spec.start().minusMillis(times.nextLong(Agent.PING_EVERY.toMillis()));
    Duration checkPhase = Duration.ofMillis(times.nextLong(StatusChecks.EVERY.toMillis()));
    Machine machine = new Machine(hardware, tags, booted, agentStarted, checkPhase);
    machine.settings().hibernating(!hybrid && spread(index, spec.hibernating()));
    if (!hybrid) {
      settle(machine, index);
    }
    giveDisks(machine, index);
    return machine;
  }

  private void settle(Machine machine, int index) {
    Settings settings = machine.settings();
    settings.network(
        Networks.fleetSubnet(machine.hardware().zone()), List.of(Networks.FLEET_GROUP));
    settings.profileArn(PROFILE);
    settings.stopProtected(is(FleetSpec.Oddity.STOP_PROTECTED, index));
    settings.persistentSpot(
        machine.hardware().spot() && is(FleetSpec.Oddity.PERSISTENT_SPOT, index));
    boolean terminates = is(FleetSpec.Oddity.TERMINATES_ON_SHUTDOWN, index);
    settings.shutdownBehavior(terminates ? "terminate" : "stop");
    if (is(FleetSpec.Oddity.ELASTIC_ADDRESS, index)) {
      settings.address(Settings.Address.ELASTIC, networks.nextPublicIp());
    } else if (is(FleetSpec.Oddity.PUBLIC_ADDRESS, index)) {
      settings.address(Settings.Address.ASSIGNED, networks.nextPublicIp());
    }
  }

  /** Each oddity begins at another machine, so that few machines are odd in two ways. */
  private boolean is(FleetSpec.Oddity oddity, int index) {
    return spread((index + oddity.begins()) % spec.machines(), spec.count(oddity));
  }

  private boolean spread(int index, int count) {
    long n = spec.machines();
    return (index + 1L) * count / n > (long) index * count / n;
  }

  private Hardware hardware(int index, boolean hybrid) {
    boolean windows = kinds.nextDouble() < WINDOWS_SHARE;
    boolean arm = kinds.nextDouble() < ARM_SHARE_OF_LINUX && !windows && !hybrid;
    boolean lent = kinds.nextDouble() < spec.spotShare() / (1 - WINDOWS_SHARE) && !windows;
    boolean spot = lent || is(FleetSpec.Oddity.PERSISTENT_SPOT, index);
    List<String> types = arm ? ARM_TYPES : X86_TYPES;
    String type = type(types.get(kinds.nextInt(types.size())), index, arm);
    Hardware.Os os = windows ? Hardware.Os.WINDOWS : Hardware.Os.LINUX;
    Hardware.Architecture architecture =
        arm ? Hardware.Architecture.ARM64 : Hardware.Architecture.X86_64;
    String zone = Account.ZONES.get(index % Account.ZONES.size());
    return new Hardware(
        Chance.id(hybrid ? "mi" : "i", ids),
        os,
        architecture,
        hybrid ? "on-premises" : type,
        hybrid ? "" : zone,
        spot && !hybrid,
        hybrid,
        Images.rootDevice(os),
        Images.of(os, architecture),
        spec.start().minus(UPTIME_MOST).minusMillis(times.nextLong(UPTIME_MOST.toMillis())));
  }

  private String type(String usual, int index, boolean arm) {
    boolean metal = is(FleetSpec.Oddity.BARE_METAL, index);
    boolean store = is(FleetSpec.Oddity.INSTANCE_STORE, index);
    return arm ? usual : metal ? "m5.metal" : store ? "m5d.large" : usual;
  }

  private Map<String, String> tags(int index, String environment, Hardware hardware) {
    int group = index / GROUP_SIZE;
    Map<String, String> tags = new TreeMap<>();
    tags.put("Name", "machine-%05d".formatted(index));
    tags.put(FleetSpec.ENVIRONMENT_TAG, environment);
    tags.put(FleetSpec.PRODUCT_TAG, spec.product());
    tags.put(FleetSpec.GROUP_TAG, "group-%04d".formatted(group));
    tags.put(FleetSpec.QUORUM_TAG, Integer.toString(quorum(group)));
    boolean scaled = kinds.nextDouble() < AUTO_SCALING_SHARE;
    if (scaled && environment.equals("prod") && !hardware.hybrid() && !hardware.spot()) {
      tags.put(FleetSpec.AUTO_SCALING_TAG, "asg-%04d".formatted(group));
    }
    return Collections.unmodifiableMap(tags);
  }

  /** The last group may be short: the same share of it must stay up. */
  private int quorum(int group) {
    int size = Math.min(GROUP_SIZE, spec.machines() - group * GROUP_SIZE);
    return size * GROUP_QUORUM / GROUP_SIZE;
  }

  private void giveDisks(Machine machine, int index) {
    boolean windows = machine.hardware().os() == Hardware.Os.WINDOWS;
    boolean encrypted = kinds.nextDouble() < ENCRYPTED_SHARE;
    boolean withData = kinds.nextDouble() < DATA_VOLUME_SHARE;
    String code = is(FleetSpec.Oddity.MARKETPLACE, index) ? MARKETPLACE_CODE : "";
    String key =
        is(FleetSpec.Oddity.OWN_KEY, index) ? Account.OWN_KEY : encrypted ? Account.EBS_KEY : "";
    int rootGib = windows ? Images.WINDOWS_ROOT_GIB : Images.LINUX_ROOT_GIB;
    Volume root = volume(machine, rootGib, key, code, installed);
    Instant attached = machine.hardware().launchedAt();
    machine.attach(root, machine.hardware().rootDevice(), attached, true);
    machine.assumeLoaded();
    if (machine.hardware().hybrid()) {
      return;
    }
    disks.add(root);
    disks.add(nightly(root));
    if (withData) {
      Volume data = volume(machine, DATA_GIB, key, "", DiskContent.EMPTY);
      machine.attach(data, windows ? "xvdf" : "/dev/sdf", attached, false);
      disks.add(data);
    }
  }

  private Volume volume(
      Machine machine, int sizeGib, String keyId, String code, DiskContent content) {
    Hardware hardware = machine.hardware();
    // 3,000 operations a second and 125 MiB/s are what every gp3 volume has without paying extra.
    return new Volume(
        new Volume.Facts(
            Chance.id("vol", ids),
            hardware.zone(),
            sizeGib,
            "gp3",
            3000,
            125,
            keyId,
            code,
            hardware.launchedAt(),
            ""),
        content);
  }

  private Snapshot nightly(Volume root) {
    Instant at =
        spec.start()
            .minusMillis(times.nextLong(NIGHTLY_AGE_LEAST.toMillis(), NIGHTLY_AGE_MOST.toMillis()));
    String id = Chance.id("snap", ids);
    Snapshot snapshot =
        new Snapshot(id, root.facts(), root.content(), at, "nightly backup", NIGHTLY_TAGS);
    snapshot.complete(at.plus(NIGHTLY_TAKES));
    return snapshot;
  }
}
