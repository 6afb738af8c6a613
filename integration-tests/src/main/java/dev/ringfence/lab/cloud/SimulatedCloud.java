package dev.ringfence.lab.cloud;

import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.account.Throttles;
import dev.ringfence.lab.cloud.machine.Catalog;
import dev.ringfence.lab.cloud.machine.Fleet;
import dev.ringfence.lab.cloud.messages.Published;
import dev.ringfence.lab.cloud.network.Networks;
import dev.ringfence.lab.cloud.s3.Buckets;
import dev.ringfence.lab.cloud.ssm.Documents;
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
 *   <li>{@code AWS-RunShellScript} knows the scripts that freeze a machine and let it go, by their
 *       first lines, and does nothing else. {@code AWSEC2-VssInstallAndSnapshot} makes its
 *       snapshots at the end of its run, and says in words of its own why it does not.
 *   <li>A root replacement restores from a snapshot only, and one at a time per instance; its
 *       duration (one to three minutes) is a guess, as is that it works on a crashed system.
 *   <li>Attaching, detaching and tagging are immediate; EC2's reads are never stale. Only Run
 *       Command's are, by a second.
 *   <li>DescribeSnapshots never lists other accounts' snapshots, whatever the owner asked for.
 *   <li>Pending snapshots are limited to a hundred per account for all of EC2's snapshots.
 *   <li>Auto Scaling minds whether a member runs, and not what its status checks say; groups have
 *       no cooldown, no hooks, and launch from the image that their members were launched from.
 *   <li>A disk from a snapshot is cold for ten minutes, or for what its initialization rate says; a
 *       system boots from it at half the speed, and is as quick as ever when it is up. Snapshots
 *       cost no time by size.
 *   <li>A volume whose key is forbidden ends in {@code error}; EC2 may also delete it.
 *   <li>The code of the refusal to delete a locked snapshot is a guess.
 *   <li>A Marketplace code goes with volumes and snapshots; nobody checks a subscription.
 *   <li>RunInstances describes the root only, launches no Spot, and its images are three.
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

  private final Parts parts;
  private final Faults faults;
  private final GroundTruth truth;

  /**
   * Makes the fleet and opens all operations.
   *
   * @param clock stands at the spec's start, or later
   * @param services where the operations of {@code ec2}, {@code ssm}, {@code monitoring}, {@code
   *     autoscaling}, {@code s3}, {@code events} and {@code sns} are registered
   */
  public SimulatedCloud(FleetSpec spec, VirtualClock clock, Services services) {
    parts = new Parts(spec, clock, services);
    parts.open();
    parts.buckets.create(EVIDENCE_BUCKET);
    faults = new Faults(parts);
    truth = new GroundTruth(parts);
  }

  public VirtualClock clock() {
    return parts.clock;
  }

  public Services services() {
    return parts.services;
  }

  /** Where versions are published with what they do to machines. */
  public Catalog catalog() {
    return parts.catalog;
  }

  public Fleet fleet() {
    return parts.fleet;
  }

  /** What S3 keeps, for tests, and for buckets besides {@link #EVIDENCE_BUCKET}. */
  public Buckets buckets() {
    return parts.buckets;
  }

  /** What was put on EventBridge and published to SNS. */
  public Published published() {
    return parts.published;
  }

  /** Subnets and security groups, which a test may add to. */
  public Networks networks() {
    return parts.networks;
  }

  public Throttles throttles() {
    return parts.throttles;
  }

  public Documents documents() {
    return parts.systemsManager.documents();
  }

  /** Makes or changes a change calendar; a null transition means never. */
  public void calendar(String name, boolean open, @Nullable Instant nextTransition) {
    parts.systemsManager.calendars().set(name, open, nextTransition);
  }

  /** Gets the alarms' state changes as EventBridge would deliver them, as JSON text. */
  public void onEvent(Consumer<String> listener) {
    parts.bus.listen(listener);
  }

  public Faults faults() {
    return faults;
  }

  public GroundTruth truth() {
    return truth;
  }
}
