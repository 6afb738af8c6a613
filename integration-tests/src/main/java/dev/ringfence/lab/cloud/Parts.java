package dev.ringfence.lab.cloud;

import dev.ringfence.lab.cloud.account.Chance;
import dev.ringfence.lab.cloud.account.Desk;
import dev.ringfence.lab.cloud.account.Throttles;
import dev.ringfence.lab.cloud.autoscaling.ScalingGroups;
import dev.ringfence.lab.cloud.autoscaling.ScalingListing;
import dev.ringfence.lab.cloud.autoscaling.ScalingOperations;
import dev.ringfence.lab.cloud.cloudwatch.AlarmListing;
import dev.ringfence.lab.cloud.cloudwatch.AlarmOperations;
import dev.ringfence.lab.cloud.cloudwatch.Alarms;
import dev.ringfence.lab.cloud.cloudwatch.EventBus;
import dev.ringfence.lab.cloud.cloudwatch.FleetMetrics;
import dev.ringfence.lab.cloud.disk.DiskContent;
import dev.ringfence.lab.cloud.disk.Disks;
import dev.ringfence.lab.cloud.ebs.AttachmentOperations;
import dev.ringfence.lab.cloud.ebs.ShadowCopies;
import dev.ringfence.lab.cloud.ebs.SnapshotKeeping;
import dev.ringfence.lab.cloud.ebs.SnapshotListing;
import dev.ringfence.lab.cloud.ebs.SnapshotOperations;
import dev.ringfence.lab.cloud.ebs.SnapshotSets;
import dev.ringfence.lab.cloud.ebs.VolumeListing;
import dev.ringfence.lab.cloud.ebs.VolumeOperations;
import dev.ringfence.lab.cloud.ec2.AttributeOperations;
import dev.ringfence.lab.cloud.ec2.CatalogOperations;
import dev.ringfence.lab.cloud.ec2.ConsoleOperations;
import dev.ringfence.lab.cloud.ec2.Images;
import dev.ringfence.lab.cloud.ec2.InstanceOperations;
import dev.ringfence.lab.cloud.ec2.LaunchOperations;
import dev.ringfence.lab.cloud.ec2.Launches;
import dev.ringfence.lab.cloud.ec2.NetworkOperations;
import dev.ringfence.lab.cloud.ec2.PowerControl;
import dev.ringfence.lab.cloud.ec2.PowerOperations;
import dev.ringfence.lab.cloud.ec2.RootReplacementOperations;
import dev.ringfence.lab.cloud.ec2.RootReplacements;
import dev.ringfence.lab.cloud.ec2.StatusOperations;
import dev.ringfence.lab.cloud.ec2.TagOperations;
import dev.ringfence.lab.cloud.machine.Behaviour;
import dev.ringfence.lab.cloud.machine.Catalog;
import dev.ringfence.lab.cloud.machine.Fleet;
import dev.ringfence.lab.cloud.machine.Keys;
import dev.ringfence.lab.cloud.machine.Life;
import dev.ringfence.lab.cloud.machine.Reach;
import dev.ringfence.lab.cloud.machine.Rest;
import dev.ringfence.lab.cloud.machine.Witness;
import dev.ringfence.lab.cloud.messages.Published;
import dev.ringfence.lab.cloud.network.Networks;
import dev.ringfence.lab.cloud.s3.Buckets;
import dev.ringfence.lab.cloud.s3.ObjectListing;
import dev.ringfence.lab.cloud.s3.ObjectOperations;
import dev.ringfence.lab.cloud.ssm.SystemsManager;
import dev.ringfence.lab.time.VirtualClock;
import dev.ringfence.lab.wire.Services;
import java.util.Map;

/** What a simulated cloud consists of, put together in the order in which one needs another. */
final class Parts {
  final VirtualClock clock;
  final Services services;
  final Chance chance;
  final Catalog catalog = new Catalog();
  final Disks disks = new Disks();
  final Witness witness = new Witness();
  final Keys keys = new Keys();
  final Networks networks = new Networks();
  final Buckets buckets = new Buckets();
  final Throttles throttles;
  final Images images;
  final Fleet fleet;
  final Reach reach;
  final Life life;
  final SnapshotSets snapshots;
  final Rest rest;
  final ShadowCopies shadows;
  final RootReplacements replacements;
  final PowerControl power;
  final Launches launches;
  final ScalingGroups groups;
  final Published published;
  final EventBus bus;
  final FleetMetrics metrics;
  final Alarms alarms;
  final SystemsManager systemsManager;

  Parts(FleetSpec spec, VirtualClock clock, Services services) {
    this.clock = clock;
    this.services = services;
    chance = new Chance(spec.seed());
    catalog.publish(spec.product(), spec.version(), new Behaviour.Healthy());
    throttles = new Throttles(clock);
    images = new Images(DiskContent.of(Map.of(spec.product(), spec.version())));
    fleet = new FleetBuilder(spec, chance, disks, networks).build();
    reach = new Reach(clock, fleet);
    life = new Life(clock, chance, catalog, fleet, witness, reach);
    snapshots = new SnapshotSets(clock, chance, disks, fleet);
    rest = new Rest(clock);
    shadows = new ShadowCopies(snapshots, rest);
    replacements = new RootReplacements(clock, chance, disks, life);
    power = new PowerControl(clock, chance, life, witness, keys, networks);
    launches = new Launches(clock, chance, fleet, disks, power, networks, reach);
    groups = new ScalingGroups(clock, chance, fleet, power, launches, images);
    published = new Published(chance);
    bus = new EventBus(clock, chance);
    metrics = new FleetMetrics(fleet);
    alarms = new Alarms(clock, chance, metrics, bus);
    systemsManager =
        new SystemsManager(
            clock, chance, fleet, life, reach, witness, services, throttles, rest, shadows);
  }

  /** Opens all operations but those of Systems Manager, which are open already. */
  void open() {
    openEc2();
    openEbs();
    new ObjectOperations(buckets, clock).open(services);
    new ObjectListing(buckets).open(services);
    Desk monitoring = desk("monitoring");
    new AlarmOperations(alarms).open(monitoring);
    new AlarmListing(alarms).open(monitoring);
    Desk scaling = desk("autoscaling");
    new ScalingOperations(groups, fleet, chance, clock).open(scaling);
    new ScalingListing(groups, fleet).open(scaling);
    published.open(desk("events"), desk("sns"));
  }

  private void openEc2() {
    Desk ec2 = desk("ec2");
    new InstanceOperations(fleet, clock).open(ec2);
    new StatusOperations(fleet, clock).open(ec2);
    new PowerOperations(fleet, power).open(ec2);
    new LaunchOperations(images, networks, launches).open(ec2);
    new CatalogOperations(images).open(ec2);
    new NetworkOperations(networks, fleet).open(ec2);
    new AttributeOperations(fleet).open(ec2);
    new ConsoleOperations(fleet, clock).open(ec2);
    new RootReplacementOperations(fleet, disks, replacements).open(ec2);
    new TagOperations(fleet, disks, replacements).open(ec2);
  }

  private void openEbs() {
    Desk ec2 = desk("ec2");
    new SnapshotOperations(fleet, disks, snapshots).open(ec2);
    new SnapshotKeeping(disks, snapshots, clock, images::standOn).open(ec2);
    new SnapshotListing(disks).open(ec2);
    new VolumeOperations(clock, chance, disks, keys).open(ec2);
    new VolumeListing(disks, clock).open(ec2);
    new AttachmentOperations(fleet, disks, clock).open(ec2);
  }

  private Desk desk(String service) {
    return new Desk(service, services, throttles);
  }
}
