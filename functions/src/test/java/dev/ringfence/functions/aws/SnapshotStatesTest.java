package dev.ringfence.functions.aws;

import static dev.ringfence.functions.aws.SnapshotScript.TAKEN;
import static dev.ringfence.functions.aws.SnapshotScript.snapshot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.operation.RestorePoint;
import dev.ringfence.operation.Sight;
import dev.ringfence.operation.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Tag;

class SnapshotStatesTest {
  private final FakeAws aws = new FakeAws();
  private final SnapshotScript script = new SnapshotScript(aws);
  private final List<Snapshot> listed = script.listed;

  @Test
  void states_tellWhatIsCompletedPendingFailedAndGone() {
    listed.add(snapshot("snap-1", "vol-1", "completed", TAKEN));
    listed.add(snapshot("snap-2", "vol-1", "pending", TAKEN));
    listed.add(snapshot("snap-3", "vol-1", "error", TAKEN));
    listed.add(snapshot("snap-4", "vol-1", "recoverable", TAKEN));
    listed.add(
        snapshot("snap-5", "vol-1", "completed", TAKEN).toBuilder().storageTier("archive").build());
    listed.add(snapshot("snap-6", "vol-1", "a-new-word", TAKEN));
    Sight sight =
        lookAtStates(
            Set.of("snap-1", "snap-2", "snap-3", "snap-4", "snap-5", "snap-6", "snap-gone"));
    assertEquals(
        Map.of(
            "snap-1", Sight.Snapshot.COMPLETED,
            "snap-2", Sight.Snapshot.PENDING,
            "snap-3", Sight.Snapshot.FAILED,
            "snap-4", Sight.Snapshot.FAILED,
            "snap-5", Sight.Snapshot.FAILED,
            "snap-6", Sight.Snapshot.PENDING,
            "snap-gone", Sight.Snapshot.FAILED),
        sight.snapshots());
  }

  @Test
  void setIsAsItsWorstMember() {
    listed.add(member("snap-1", "set-1", "completed"));
    listed.add(member("snap-2", "set-1", "completed"));
    listed.add(member("snap-3", "set-2", "completed"));
    listed.add(member("snap-4", "set-2", "pending"));
    listed.add(member("snap-5", "set-3", "completed"));
    listed.add(member("snap-6", "set-3", "error"));
    assertEquals(
        Map.of(
            "snap-1", Sight.Snapshot.COMPLETED,
            "snap-3", Sight.Snapshot.PENDING,
            "snap-5", Sight.Snapshot.FAILED),
        lookAtStates(Set.of("snap-1", "snap-3", "snap-5")).snapshots());
  }

  private static Snapshot member(String id, String key, String state) {
    return snapshot(id, "vol-of-" + id, state, TAKEN).toBuilder()
        .tags(Tag.builder().key("ringfence:key").value(key).build())
        .build();
  }

  @Test
  void statesOfAFailedPage_areUnreadAndNotGone() {
    Set<String> ids = new HashSet<>();
    for (int n = 0; n < 300; n++) {
      ids.add(String.format("snap-%03d", n));
    }
    aws.ec2.script.on(
        DescribeSnapshotsRequest.class,
        request -> {
          if (request.filters().getFirst().values().contains("snap-000")) {
            throw FakeAws.error("RequestLimitExceeded", 503);
          }
          return script.onePerPage(request);
        });
    Sight sight = lookAtStates(ids);
    assertEquals(100, sight.snapshots().size());
    assertFalse(sight.snapshots().containsKey("snap-000"));
    assertEquals(List.of("DescribeSnapshots of 200: RequestLimitExceeded"), sight.gaps());
  }

  @Test
  void newestPoint_isTheLastCompletedOneThatIsAtHandAndYoungEnough() {
    Instant since = FakeAws.START.minus(Duration.ofHours(24));
    listed.add(snapshot("snap-old", "vol-1", "completed", since));
    listed.add(snapshot("snap-new", "vol-1", "completed", since.plusSeconds(3)));
    listed.add(snapshot("snap-mid", "vol-1", "completed", since.plusSeconds(2)));
    listed.add(
        snapshot("snap-cold", "vol-1", "completed", since.plusSeconds(9)).toBuilder()
            .storageTier("archive")
            .build());
    listed.add(snapshot("snap-late", "vol-2", "completed", since.minusSeconds(1)));
    Sight sight = lookAtPoints(Set.of("vol-1", "vol-2"), since);
    assertEquals(
        Map.of("vol-1", new RestorePoint("snap-new", since.plusSeconds(3))), sight.points());
    assertTrue(sight.pointsRead());
    assertEquals(
        List.of(
            SnapshotReader.filter("volume-id", List.of("vol-1", "vol-2")),
            SnapshotReader.filter("status", List.of("completed"))),
        aws.ec2.script.all(DescribeSnapshotsRequest.class).getFirst().filters());
  }

  @Test
  void past_isAllThatIsAtHand_newestFirst_andEmptyForAVolumeWithoutAny() {
    listed.add(snapshot("snap-old", "vol-1", "completed", TAKEN));
    listed.add(snapshot("snap-new", "vol-1", "completed", TAKEN.plusSeconds(2)));
    listed.add(
        snapshot("snap-cold", "vol-1", "completed", TAKEN).toBuilder()
            .storageTier("archive")
            .build());
    Sight sight = aws.world().observe(Watch.NOTHING.withPast(Set.of("vol-1", "vol-2")));
    assertEquals(
        Map.of(
            "vol-1",
            List.of(
                new RestorePoint("snap-new", TAKEN.plusSeconds(2)),
                new RestorePoint("snap-old", TAKEN)),
            "vol-2",
            List.of()),
        sight.past());
  }

  @Test
  void pointsThatCouldNotBeRead_areNotNone() {
    aws.ec2.script.on(
        DescribeSnapshotsRequest.class,
        request -> {
          throw FakeAws.error("UnauthorizedOperation", 403);
        });
    Sight sight = lookAtPoints(Set.of("vol-1"), FakeAws.START);
    assertFalse(sight.pointsRead());
    assertEquals(List.of("DescribeSnapshots of 1: UnauthorizedOperation"), sight.gaps());
  }

  private Sight lookAtStates(Set<String> ids) {
    return aws.world().observe(Watch.NOTHING.withRestorePoints(ids, Set.of(), FakeAws.START));
  }

  private Sight lookAtPoints(Set<String> volumes, Instant since) {
    return aws.world().observe(Watch.NOTHING.withRestorePoints(Set.of(), volumes, since));
  }
}
