package dev.ringfence.functions.aws;

import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Outcome;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CopyTagsFromSource;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.SnapshotInfo;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/**
 * Takes a machine's whole set of snapshots at one instant. CreateSnapshots takes no client token,
 * so the effect's key is a tag of every snapshot, and an attempt that may be the second one looks
 * for it.
 */
final class SnapshotTaker {
  /** The tag that carries an effect's key. */
  static final String KEY_TAG = "ringfence:key";

  /** How many tags a resource may have ("Tag restrictions"). */
  private static final int TAGS_MAX = 50;

  private final Ec2Client ec2;
  private final SnapshotReader snapshots;
  private final RigReader rigs;
  private final VolumeReader volumes;
  private final Pacer pacer;
  private final InstantSource clock;

  SnapshotTaker(
      Ec2Client ec2,
      SnapshotReader snapshots,
      RigReader rigs,
      VolumeReader volumes,
      Pacer pacer,
      InstantSource clock) {
    this.ec2 = ec2;
    this.snapshots = snapshots;
    this.rigs = rigs;
    this.volumes = volumes;
    this.pacer = pacer;
    this.clock = clock;
  }

  /** Done with the root volume's snapshot id. */
  Outcome take(Effect.TakeSnapshots effect, boolean lookFirst) {
    try {
      if (lookFirst) {
        List<Taken> earlier = find(effect);
        if (!earlier.isEmpty()) {
          return rootOf(effect, earlier);
        }
        if (Settling.tooEarly(effect, clock.instant())) {
          return Settling.wait(effect);
        }
      }
      return rootOf(effect, create(effect));
    } catch (SdkException failure) {
      return AwsErrors.settle(effect.key(), failure);
    }
  }

  private record Taken(String snapshot, @Nullable String volume, Instant at) {}

  private List<Taken> create(Effect.TakeSnapshots effect) {
    Manifest manifest = Manifest.read(effect.machine(), rigs, volumes);
    pacer.spend(Pacer.Budget.CREATE_SNAPSHOTS);
    List<Taken> taken = new ArrayList<>();
    for (SnapshotInfo info : ec2.createSnapshots(request(effect, manifest)).snapshots()) {
      taken.add(new Taken(info.snapshotId(), info.volumeId(), at(info.startTime())));
    }
    return taken;
  }

  private List<Taken> find(Effect.TakeSnapshots effect) {
    List<Taken> taken = new ArrayList<>();
    for (Snapshot found :
        snapshots.matching(SnapshotReader.filter("tag:" + KEY_TAG, List.of(effect.key())))) {
      taken.add(new Taken(found.snapshotId(), found.volumeId(), at(found.startTime())));
    }
    return taken;
  }

  private static CreateSnapshotsRequest request(Effect.TakeSnapshots effect, Manifest manifest) {
    Map<String, String> tags = new TreeMap<>(manifest.tags());
    tags.putAll(effect.tags());
    // Ours and the key's own; the volumes' tags are left out when both do not fit.
    boolean copied = tags.size() + 1 + manifest.sourceTags() <= TAGS_MAX;
    return CreateSnapshotsRequest.builder()
        .instanceSpecification(machine -> machine.instanceId(effect.machine()))
        .copyTagsFromSource(copied ? CopyTagsFromSource.VOLUME : null)
        .tagSpecifications(tags(ResourceType.SNAPSHOT, tags, effect.key()))
        .overrideConfiguration(OneAttempt.configuration())
        .build();
  }

  static TagSpecification tags(ResourceType of, Map<String, String> tags, String key) {
    List<Tag> all = new ArrayList<>();
    tags.forEach((name, value) -> all.add(Tag.builder().key(name).value(value).build()));
    all.removeIf(tag -> tag.key().equals(KEY_TAG));
    all.add(Tag.builder().key(KEY_TAG).value(key).build());
    return TagSpecification.builder().resourceType(of).tags(all).build();
  }

  /**
   * A set without the root that the effect names is no way back: the root was replaced after the
   * effect was planned, and a snapshot of another volume must not pass for it.
   */
  private static Outcome rootOf(Effect.TakeSnapshots effect, List<Taken> set) {
    Optional<Taken> root =
        set.stream()
            .filter(one -> effect.rootVolume().equals(one.volume()))
            .min(Comparator.comparing(Taken::at));
    return root.<Outcome>map(one -> new Outcome.Done(effect.key(), one.snapshot(), one.at()))
        .orElseGet(() ->
            new Outcome.Refused(
                effect.key(),
                "RootVolumeNotInSet",
                "the snapshots taken of "
                    + effect.machine()
                    + " hold none of "
                    + effect.rootVolume()));
  }

  private Instant at(@Nullable Instant said) {
    return said == null ? clock.instant() : said;
  }
}
