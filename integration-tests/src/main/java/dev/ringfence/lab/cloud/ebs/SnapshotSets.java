package dev.ringfence.lab.cloud.ebs;

import dev.ringfence.lab.cloud.account.Chance;
import dev.ringfence.lab.cloud.disk.DiskContent;
import dev.ringfence.lab.cloud.disk.Disks;
import dev.ringfence.lab.cloud.disk.Snapshot;
import dev.ringfence.lab.cloud.disk.Volume;
import dev.ringfence.lab.cloud.machine.Fleet;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.cloud.machine.Stratum;
import dev.ringfence.lab.time.VirtualClock;
import dev.ringfence.lab.wire.AwsFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes snapshots: of the content at the instant of the call, pending until their blocks have
 * arrived. When one member of a set fails, all others fail with it.
 */
public final class SnapshotSets {
  /** A volume of a general purpose type may have five snapshots pending (EBS user guide). */
  private static final int PENDING_PER_VOLUME_MOST = 5;

  /** Service quota "Pending snapshots per account", which AWS does not raise. */
  private static final int PENDING_PER_ACCOUNT_MOST = 100;

  /** EC2's error code list asks for fifteen seconds between snapshots of one volume. */
  private static final Duration SPACING = Duration.ofSeconds(15);

  /** Small incremental snapshots take from half a minute to some minutes; AWS promises nothing. */
  private static final Duration PENDING_LEAST = Duration.ofSeconds(30);

  private static final Duration PENDING_MOST = Duration.ofMinutes(5);

  /** The volume that copies are said to be of; EBS documents it as arbitrary. */
  private static final String COPIED_FROM = "vol-ffffffff";

  private final VirtualClock clock;
  private final Chance chance;
  private final Disks disks;
  private final Fleet fleet;
  private final Map<String, Instant> lastTaken = new HashMap<>();
  private long made;
  private int pending;
  private int setsToFail;
  private Duration extraDelay = Duration.ZERO;
  private @Nullable Stratum torn;

  public SnapshotSets(VirtualClock clock, Chance chance, Disks disks, Fleet fleet) {
    this.fleet = fleet;
    this.clock = clock;
    this.chance = chance;
    this.disks = disks;
  }

  /** The next so many sets end in error. */
  public void failNext(int sets) {
    setsToFail += sets;
  }

  /** From now on snapshots stay pending this much longer, as first and large ones do. */
  public void slowBy(Duration more) {
    extraDelay = more;
  }

  /**
   * From now on a snapshot of the root of a machine of a stratum holds a disk that does not boot,
   * although the machine itself is well; null ends it.
   */
  public void tear(@Nullable Stratum stratum) {
    torn = stratum;
  }

  public int pending() {
    return pending;
  }

  /** Either takes a snapshot of every volume or raises a fault and takes none. */
  List<Snapshot> take(
      List<Volume> volumes, String description, Map<String, Map<String, String>> tagsByVolume) {
    volumes.forEach(this::check);
    if (pending + volumes.size() > PENDING_PER_ACCOUNT_MOST) {
      throw new AwsFault(
          "PendingSnapshotLimitExceeded",
          400,
          "The maximum number of pending snapshots (" + PENDING_PER_ACCOUNT_MOST + ") is reached.");
    }
    boolean fails = setsToFail > 0;
    setsToFail -= fails ? 1 : 0;
    List<Snapshot> set = new ArrayList<>(volumes.size());
    for (Volume volume : volumes) {
      set.add(take(volume, description, tagsByVolume.getOrDefault(volume.id(), Map.of())));
    }
    for (Snapshot snapshot : set) {
      clock.after(takes(snapshot), () -> settle(snapshot, set, fails));
    }
    return set;
  }

  private void check(Volume volume) {
    long pendingOfVolume =
        disks.snapshotsOf(volume.id()).stream()
            .filter(snapshot -> snapshot.state() == Snapshot.State.PENDING)
            .count();
    if (pendingOfVolume >= PENDING_PER_VOLUME_MOST) {
      throw new AwsFault(
          "ConcurrentSnapshotLimitExceeded",
          400,
          "Maximum allowed in-progress snapshots for " + volume.id() + " exceeded.");
    }
    Instant last = lastTaken.get(volume.id());
    if (last != null && last.plus(SPACING).isAfter(clock.instant())) {
      throw new AwsFault(
          "SnapshotCreationPerVolumeRateExceeded",
          400,
          "The maximum per volume CreateSnapshot request rate has been exceeded for "
              + volume.id());
    }
  }

  private Snapshot take(Volume volume, String description, Map<String, String> tags) {
    Instant now = clock.instant();
    Snapshot snapshot =
        new Snapshot(
            chance.id("snap", made++), volume.facts(), caught(volume), now, description, tags);
    disks.add(snapshot);
    lastTaken.put(volume.id(), now);
    pending++;
    return snapshot;
  }

  /** What a snapshot of this instant catches of a volume. */
  private DiskContent caught(Volume volume) {
    Volume.Attachment attachment = volume.attachment();
    Machine machine = attachment == null ? null : fleet.instance(attachment.instanceId());
    Stratum stratum = torn;
    boolean tears =
        stratum != null
            && machine != null
            && volume == machine.root()
            && stratum.includes(machine.hardware());
    return tears ? volume.content().torn() : volume.content();
  }

  /**
   * A copy: of no volume of this account, and therefore of nobody's root. It is pending as long as
   * a first snapshot.
   */
  Snapshot copy(Snapshot original, String keyId, String description, Map<String, String> tags) {
    Volume.Facts from = original.source();
    Volume.Facts arbitrary =
        new Volume.Facts(
            COPIED_FROM,
            from.zone(),
            from.sizeGib(),
            from.type(),
            from.iops(),
            from.throughput(),
            keyId,
            from.productCode(),
            from.createdAt(),
            "");
    Snapshot copy =
        new Snapshot(
            chance.id("snap", made++),
            arbitrary,
            original.content(),
            clock.instant(),
            description,
            tags);
    disks.add(copy);
    pending++;
    clock.after(takes(copy), () -> settle(copy, List.of(copy), false));
    return copy;
  }

  private Duration takes(Snapshot snapshot) {
    return chance
        .between("snapshot", snapshot.id(), 0, PENDING_LEAST, PENDING_MOST)
        .plus(extraDelay);
  }

  private void settle(Snapshot snapshot, List<Snapshot> set, boolean fails) {
    if (snapshot.state() != Snapshot.State.PENDING) {
      return;
    }
    if (!fails) {
      pending--;
      snapshot.complete(clock.instant());
      return;
    }
    for (Snapshot member : set) {
      if (member.state() == Snapshot.State.PENDING) {
        pending--;
        member.fail();
      }
    }
  }

  void delete(Snapshot snapshot) {
    if (snapshot.state() == Snapshot.State.PENDING) {
      pending--;
    }
    snapshot.delete();
  }
}
