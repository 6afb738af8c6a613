package dev.ringfence.lab.cloud;

import dev.ringfence.lab.cloud.disk.Snapshot;
import dev.ringfence.lab.cloud.machine.Ec2Faults;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.cloud.machine.Rest;
import dev.ringfence.lab.cloud.machine.Stratum;
import dev.ringfence.lab.wire.AwsFault;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What goes wrong with disks, snapshots, keys and evidence while machines are restored. */
public final class RestoreFaults {
  private final Parts parts;

  RestoreFaults(Parts parts) {
    this.parts = parts;
  }

  /**
   * From now on snapshots of roots of a kind of machine hold a disk that does not boot, although
   * the machines themselves are well; null ends it.
   */
  public void snapshotsDoNotBoot(@Nullable Stratum stratum) {
    parts.snapshots.tear(stratum);
  }

  /** From now on something goes wrong on a machine that is to hold still; null ends it. */
  public void troubleAtRest(String machineId, Rest.@Nullable Trouble what) {
    parts.rest.trouble(machineId, what);
  }

  /** A snapshot is in the archive, from where nothing is restored at once. */
  public void archive(String snapshotId) {
    Snapshot snapshot = parts.disks.snapshot(snapshotId);
    if (snapshot == null) {
      throw new IllegalArgumentException("no snapshot " + snapshotId);
    }
    snapshot.archive();
  }

  /**
   * The caller may no longer use a key: what needs it is accepted, and then a volume ends in {@code
   * error} and an instance stops again.
   */
  public void forbidKey(String keyId) {
    parts.keys.forbid(keyId);
  }

  /** The caller may use a key again. */
  public void allowKey(String keyId) {
    parts.keys.allow(keyId);
  }

  /** A machine's own system shuts down, as its owner may ask it to. */
  public void shutDown(String instanceId) {
    Machine machine = Ec2Faults.instance(parts.fleet, instanceId);
    parts.power.shutDown(machine);
  }

  /** Hosts are in trouble: from now on each stop takes this much longer. */
  public void slowStops(Duration by) {
    parts.power.slowStopsBy(by);
  }

  /** An Auto Scaling group may not be scaled in below a size. */
  public void leastInGroup(String groupName, int size) {
    parts.groups.least(groupName, size);
  }

  /** S3 asks its callers to slow down, whatever they want. */
  public void slowDownS3() {
    parts.buckets.refuse(new AwsFault("SlowDown", 503, "Please reduce your request rate."));
  }

  /** S3 denies everything. */
  public void denyS3() {
    parts.buckets.refuse(new AwsFault("AccessDenied", 403, "Access Denied"));
  }

  /** S3 serves again. */
  public void serveS3() {
    parts.buckets.refuse(null);
  }
}
