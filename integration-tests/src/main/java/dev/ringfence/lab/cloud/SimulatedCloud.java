package dev.ringfence.lab.cloud;

import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.account.Chance;
import dev.ringfence.lab.cloud.account.Desk;
import dev.ringfence.lab.cloud.account.Throttles;
import dev.ringfence.lab.cloud.cloudwatch.AlarmListing;
import dev.ringfence.lab.cloud.cloudwatch.AlarmOperations;
import dev.ringfence.lab.cloud.cloudwatch.Alarms;
import dev.ringfence.lab.cloud.cloudwatch.EventBus;
import dev.ringfence.lab.cloud.cloudwatch.FleetMetrics;
import dev.ringfence.lab.cloud.disk.Disks;
import dev.ringfence.lab.cloud.ebs.AttachmentOperations;
import dev.ringfence.lab.cloud.ebs.SnapshotListing;
import dev.ringfence.lab.cloud.ebs.SnapshotOperations;
import dev.ringfence.lab.cloud.ebs.SnapshotSets;
import dev.ringfence.lab.cloud.ebs.VolumeOperations;
import dev.ringfence.lab.cloud.ec2.AttributeOperations;
import dev.ringfence.lab.cloud.ec2.ConsoleOperations;
import dev.ringfence.lab.cloud.ec2.InstanceOperations;
import dev.ringfence.lab.cloud.ec2.PowerControl;
import dev.ringfence.lab.cloud.ec2.PowerOperations;
import dev.ringfence.lab.cloud.ec2.RootReplacementOperations;
import dev.ringfence.lab.cloud.ec2.RootReplacements;
import dev.ringfence.lab.cloud.ec2.StatusOperations;
import dev.ringfence.lab.cloud.ec2.TagOperations;
import dev.ringfence.lab.cloud.machine.Behaviour;
import dev.ringfence.lab.cloud.machine.Catalog;
import dev.ringfence.lab.cloud.machine.Fleet;
import dev.ringfence.lab.cloud.machine.Life;
import dev.ringfence.lab.cloud.machine.Reach;
import dev.ringfence.lab.cloud.machine.Witness;
import dev.ringfence.lab.cloud.s3.Buckets;
import dev.ringfence.lab.cloud.s3.ObjectListing;
import dev.ringfence.lab.cloud.s3.ObjectOperations;
import dev.ringfence.lab.cloud.ssm.Documents;
import dev.ringfence.lab.cloud.ssm.SystemsManager;
import dev.ringfence.lab.time.VirtualClock;
import dev.ringfence.lab.wire.Services;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A deterministic model of what Ringfence uses of AWS: one seed, one virtual clock. Machines have
 * disks whose content decides whether they boot; everything else follows from that.
 *
 * <p>Where it departs from AWS, or decides what AWS does not document:
 *
 * <ul>
 *   <li>A booting machine is {@code initializing} until two minutes after the boot, also when its
 *       own system asked for the reboot; EC2 would often show {@code impaired} meanwhile.
 *   <li>A crashed system stays where it is; it does not restart itself, as Windows may.
 *   <li>A silent agent is ConnectionLost when its last ping is more than ten minutes old.
 *   <li>Run Command's ramp-up waits 15 s for an acknowledgement and then goes on without it.
 *   <li>SendCommand takes instance ids and no targets; a parent command with time-outs of delivery
 *       beside successes is shown as {@code Failed} with the details {@code Incomplete}.
 *   <li>Undeliverable, Invalid Platform and Access Denied do not occur: a terminated machine's
 *       command times out. A document that outlasts its execution time-out is not modelled.
 *   <li>A root replacement restores from a snapshot only, and one at a time per instance; its
 *       duration (one to three minutes) is a guess, as is that it works on a crashed system.
 *   <li>Attaching, detaching and tagging are immediate; EC2's reads are never stale. Only Run
 *       Command's are, by a second.
 *   <li>DescribeSnapshots never lists other accounts' snapshots, whatever the owner asked for.
 *   <li>Pending snapshots are limited to a hundred per account for all of EC2's snapshots.
 *   <li>A stopped Auto Scaling member is terminated within minutes, but no replacement is launched.
 *   <li>Restored disks are at full speed at once; snapshots cost no time by size.
 *   <li>EC2, EBS and SSM emit no events, which their best-effort delivery allows for.
 *   <li>Alarms look at two more periods than they evaluate, and have no metric math, no anomaly
 *       bands, no percentiles and no action suppression. Alarm actions are recorded, not run.
 *   <li>S3 keeps and gives objects and knows no permissions, no deletion, no throttles and no
 *       parts.
 *   <li>Rates of Systems Manager's throttles are made up, because AWS publishes none.
 * </ul>
 */
public final class SimulatedCloud {
  /** A bucket that exists from the start. */
  public static final String EVIDENCE_BUCKET = "ringfence-evidence-" + Account.ID;

  private final VirtualClock clock;
  private final Services services;
  private final Buckets buckets = new Buckets();
  private final Catalog catalog = new Catalog();
  private final Throttles throttles;
  private final Fleet fleet;
  private final SystemsManager systemsManager;
  private final EventBus bus;
  private final Faults faults;
  private final GroundTruth truth;

  /**
   * Makes the fleet and opens all operations.
   *
   * @param clock stands at the spec's start, or later
   * @param services where the operations of {@code ec2}, {@code ssm} and {@code monitoring} are
   *     registered
   */
  public SimulatedCloud(FleetSpec spec, VirtualClock clock, Services services) {
    this.clock = clock;
    this.services = services;
    Chance chance = new Chance(spec.seed());
    Disks disks = new Disks();
    Witness witness = new Witness();
    catalog.publish(spec.product(), spec.version(), new Behaviour.Healthy());
    throttles = new Throttles(clock);
    fleet = new FleetBuilder(spec, chance, disks).build();
    Reach reach = new Reach(clock, fleet);
    Life life = new Life(clock, chance, catalog, fleet, witness, reach);
    SnapshotSets snapshots = new SnapshotSets(clock, chance, disks);
    RootReplacements replacements = new RootReplacements(clock, chance, disks, life);
    PowerControl power = new PowerControl(clock, chance, life);
    openEc2(chance, disks, snapshots, replacements, power);
    systemsManager =
        new SystemsManager(clock, chance, fleet, life, reach, witness, services, throttles);
    bus = new EventBus(clock, chance);
    FleetMetrics metrics = new FleetMetrics(fleet);
    Alarms alarms = new Alarms(clock, chance, metrics, bus);
    openS3();
    Desk monitoring = new Desk("monitoring", services, throttles);
    new AlarmOperations(alarms).open(monitoring);
    new AlarmListing(alarms).open(monitoring);
    faults =
        new Faults(
            clock,
            fleet,
            life,
            reach,
            snapshots,
            replacements,
            power,
            bus,
            alarms,
            metrics,
            systemsManager.documents());
    truth = new GroundTruth(fleet, witness, replacements);
  }

  private void openS3() {
    buckets.create(EVIDENCE_BUCKET);
    new ObjectOperations(buckets, clock).open(services);
    new ObjectListing(buckets).open(services);
  }

  private void openEc2(
      Chance chance,
      Disks disks,
      SnapshotSets snapshots,
      RootReplacements replacements,
      PowerControl power) {
    Desk ec2 = new Desk("ec2", services, throttles);
    new InstanceOperations(fleet, clock).open(ec2);
    new StatusOperations(fleet, clock).open(ec2);
    new PowerOperations(fleet, power).open(ec2);
    new AttributeOperations(fleet).open(ec2);
    new ConsoleOperations(fleet, clock).open(ec2);
    new RootReplacementOperations(fleet, disks, replacements).open(ec2);
    new TagOperations(fleet, disks, replacements).open(ec2);
    new SnapshotOperations(fleet, disks, snapshots).open(ec2);
    new SnapshotListing(disks).open(ec2);
    new VolumeOperations(clock, chance, disks).open(ec2);
    new AttachmentOperations(fleet, disks, clock).open(ec2);
  }

  public VirtualClock clock() {
    return clock;
  }

  public Services services() {
    return services;
  }

  /** Where versions are published with what they do to machines. */
  public Catalog catalog() {
    return catalog;
  }

  public Fleet fleet() {
    return fleet;
  }

  /** What S3 keeps, for tests, and for buckets besides {@link #EVIDENCE_BUCKET}. */
  public Buckets buckets() {
    return buckets;
  }

  public Throttles throttles() {
    return throttles;
  }

  public Documents documents() {
    return systemsManager.documents();
  }

  /** Makes or changes a change calendar; a null transition means never. */
  public void calendar(String name, boolean open, @Nullable Instant nextTransition) {
    systemsManager.calendars().set(name, open, nextTransition);
  }

  /** Gets the alarms' state changes as EventBridge would deliver them, as JSON text. */
  public void onEvent(Consumer<String> listener) {
    bus.listen(listener);
  }

  public Faults faults() {
    return faults;
  }

  public GroundTruth truth() {
    return truth;
  }
}
