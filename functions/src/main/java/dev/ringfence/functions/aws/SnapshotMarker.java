package dev.ringfence.functions.aws;

import dev.ringfence.contract.Tags;
import dev.ringfence.fleet.Consistency;
import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.QuietEffect;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * Finds the sets of snapshots that Windows made itself, and writes on sets what they achieved. Both
 * may be done any number of times.
 */
final class SnapshotMarker {
  private final Ec2Client ec2;
  private final SnapshotReader snapshots;
  private final Pacer pacer;
  private final InstantSource clock;

  SnapshotMarker(Ec2Client ec2, SnapshotReader snapshots, Pacer pacer, InstantSource clock) {
    this.ec2 = ec2;
    this.snapshots = snapshots;
    this.pacer = pacer;
    this.clock = clock;
  }

  /** Done with the root's snapshot when every volume of the machine is in the set. */
  Outcome find(QuietEffect.FindShadows effect) {
    try {
      List<Snapshot> set = set(effect.of());
      Optional<Snapshot> root =
          set.stream().filter(one -> effect.rootVolume().equals(one.volumeId())).findFirst();
      if (root.isPresent() && set.size() >= Manifest.disks(set.getFirst().tags())) {
        Instant taken = root.get().startTime();
        return new Outcome.Done(
            effect.key(), root.get().snapshotId(), taken == null ? clock.instant() : taken);
      }
      if (Settling.tooEarly(effect, clock.instant())) {
        return Settling.wait(effect);
      }
      return set.isEmpty()
          ? new Outcome.Refused(effect.key(), Effect.FindCommand.NOT_FOUND, "none was made")
          : new Outcome.Refused(
              effect.key(),
              QuietEffect.FindShadows.INCOMPLETE,
              "it has " + set.size() + " snapshots and lacks some");
    } catch (SdkException failure) {
      return new Outcome.Unsettled(effect.key(), AwsErrors.reason(failure));
    }
  }

  /**
   * Done with the tag's value that the set bears then. The service says with a tag of its own which
   * snapshots are application consistent; its command may succeed although one of them is not.
   */
  Outcome mark(QuietEffect.MarkSnapshots effect) {
    try {
      List<Snapshot> set = set(effect.of());
      if (set.isEmpty()) {
        return new Outcome.Unsettled(effect.key(), "none of the set is listed");
      }
      boolean vouched =
          !effect.shadows() || set.stream().allMatch(one -> Manifest.isAppConsistent(one.tags()));
      Consistency achieved = vouched ? effect.achieved() : Consistency.CRASH;
      if (set.stream().anyMatch(one -> Manifest.consistency(one.tags()) != achieved)) {
        pacer.spend(Pacer.Budget.CREATE_TAGS);
        ec2.createTags(
            CreateTagsRequest.builder()
                .resources(set.stream().map(Snapshot::snapshotId).toList())
                .tags(Tag.builder().key(Tags.CONSISTENCY).value(achieved.tag()).build())
                .build());
      }
      return new Outcome.Done(effect.key(), achieved.tag(), clock.instant());
    } catch (SdkException failure) {
      return AwsErrors.settle(effect.key(), failure);
    }
  }

  private List<Snapshot> set(String key) {
    return snapshots.matching(SnapshotReader.filter("tag:" + SnapshotTaker.KEY_TAG, List.of(key)));
  }
}
