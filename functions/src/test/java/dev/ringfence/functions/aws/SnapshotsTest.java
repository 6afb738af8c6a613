package dev.ringfence.functions.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.Outcome.Unsettled.How;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.operation.Sight;
import dev.ringfence.operation.Tries;
import dev.ringfence.operation.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.model.CopyTagsFromSource;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.SnapshotInfo;
import software.amazon.awssdk.services.ec2.model.Tag;

class SnapshotsTest {
  private static final Effect.TakeSnapshots TAKE =
      new Effect.TakeSnapshots(
          "r1-i1-snap",
          FakeAws.START,
          null,
          "i-1",
          "vol-root",
          Map.of("ringfence:release", "2.0.1"));
  private static final Instant TAKEN = FakeAws.START.plusSeconds(1);

  private final FakeAws aws = new FakeAws();
  private final List<Snapshot> listed = new ArrayList<>();

  SnapshotsTest() {
    aws.ec2.script.on(DescribeSnapshotsRequest.class, this::onePerPage);
    aws.ec2.script.on(
        CreateSnapshotsRequest.class,
        request ->
            CreateSnapshotsResponse.builder()
                .snapshots(info("snap-data", "vol-data"), info("snap-root", "vol-root"))
                .build());
  }

  @Test
  void take_answersWithTheRootOfTheWholeSetInOneCall() {
    assertEquals(
        new Outcome.Done(TAKE.key(), "snap-root", TAKEN), aws.world().perform(TAKE, false));
    assertEquals(1, aws.ec2.script.calls());
    CreateSnapshotsRequest request = aws.ec2.script.all(CreateSnapshotsRequest.class).getFirst();
    assertEquals("i-1", request.instanceSpecification().instanceId());
    assertEquals(CopyTagsFromSource.VOLUME, request.copyTagsFromSource());
    assertEquals(ResourceType.SNAPSHOT, request.tagSpecifications().getFirst().resourceType());
    assertEquals(
        List.of(
            Tag.builder().key("ringfence:release").value("2.0.1").build(),
            Tag.builder().key("ringfence:key").value("r1-i1-snap").build()),
        request.tagSpecifications().getFirst().tags());
  }

  @Test
  void secondAttempt_findsTheSetByItsKeyAndTakesNothing() {
    listed.add(snapshot("snap-a", "vol-data", "pending", TAKEN));
    listed.add(snapshot("snap-b", "vol-root", "pending", TAKEN));
    assertEquals(new Outcome.Done(TAKE.key(), "snap-b", TAKEN), aws.world().perform(TAKE, true));
    assertEquals(0, aws.ec2.script.all(CreateSnapshotsRequest.class).size());
    DescribeSnapshotsRequest look = aws.ec2.script.all(DescribeSnapshotsRequest.class).getFirst();
    assertEquals(List.of("self"), look.ownerIds());
    assertEquals(
        List.of(SnapshotReader.filter("tag:ringfence:key", List.of("r1-i1-snap"))), look.filters());
  }

  @Test
  void secondAttemptThatFindsNothing_takesThemOnceListsHaveSettled() {
    AwsWorld world = aws.world();
    assertEquals(
        new Outcome.Unsettled(TAKE.key(), "not listed, but too early to be sure", How.POSTPONED),
        world.perform(TAKE, true));
    aws.pass(Settling.TIME);
    assertEquals(new Outcome.Done(TAKE.key(), "snap-root", TAKEN), world.perform(TAKE, true));
  }

  /** The first attempt timed out at START + 40 s, and took place late. */
  @Test
  void lookSoonAfterATimeOut_doesNotTrustAnEmptyList() {
    Tries timedOut = new Tries(FakeAws.START.plusSeconds(40), true, List.of("Read timed out"));
    var again =
        new Effect.TakeSnapshots(
            TAKE.key(), TAKE.intended(), timedOut, TAKE.machine(), TAKE.rootVolume(), TAKE.tags());
    AwsWorld world = aws.world();
    aws.pass(Duration.ofSeconds(40).plus(Settling.TIME).minusMillis(1));
    assertEquals(
        new Outcome.Unsettled(TAKE.key(), "not listed, but too early to be sure", How.POSTPONED),
        world.perform(again, true));
    aws.pass(Duration.ofMillis(1));
    assertEquals(new Outcome.Done(TAKE.key(), "snap-root", TAKEN), world.perform(again, true));
  }

  @Test
  void setWithoutTheNamedRoot_isNoWayBack() {
    var stale = new Effect.TakeSnapshots("k", FakeAws.START, null, "i-1", "vol-former", Map.of());
    assertEquals(
        new Outcome.Refused(
            "k", "RootVolumeNotInSet", "the snapshots taken of i-1 hold none of vol-former"),
        aws.world().perform(stale, false));
  }

  @Test
  void lostAnswerAndPassingLimit_areUnsettledAfterOneCall() {
    aws.ec2.script.on(
        CreateSnapshotsRequest.class,
        request -> {
          throw SdkClientException.create("Read timed out");
        });
    assertEquals(
        new Outcome.Unsettled(TAKE.key(), "Read timed out"), aws.world().perform(TAKE, false));
    assertEquals(1, aws.ec2.script.calls());
    aws.ec2.script.on(
        CreateSnapshotsRequest.class,
        request -> {
          throw FakeAws.error("ConcurrentSnapshotLimitExceeded", 400);
        });
    assertEquals(
        new Outcome.Unsettled(TAKE.key(), "ConcurrentSnapshotLimitExceeded"),
        aws.world().perform(TAKE, false));
  }

  @Test
  void burstOfTakes_isPacedWithoutACallAndGoesOnLater() {
    AwsWorld world = aws.world();
    int done = 0;
    for (int n = 0; n < 130; n++) {
      done += world.perform(TAKE, false) instanceof Outcome.Done ? 1 : 0;
    }
    assertEquals(100, done);
    assertEquals(100, aws.ec2.script.calls());
    assertEquals(
        new Outcome.Unsettled(
            TAKE.key(), "paced: CREATE_SNAPSHOTS is spent for now", How.POSTPONED),
        world.perform(TAKE, false));
    aws.pass(Duration.ofSeconds(1));
    assertEquals(new Outcome.Done(TAKE.key(), "snap-root", TAKEN), world.perform(TAKE, false));
  }

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
          return onePerPage(request);
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

  private static SnapshotInfo info(String id, String volume) {
    return SnapshotInfo.builder().snapshotId(id).volumeId(volume).startTime(TAKEN).build();
  }

  private static Snapshot snapshot(String id, String volume, String state, Instant taken) {
    return Snapshot.builder().snapshotId(id).volumeId(volume).state(state).startTime(taken).build();
  }

  private DescribeSnapshotsResponse onePerPage(DescribeSnapshotsRequest request) {
    int page = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
    if (page >= listed.size()) {
      return DescribeSnapshotsResponse.builder().build();
    }
    return DescribeSnapshotsResponse.builder()
        .snapshots(listed.get(page))
        .nextToken(page + 1 < listed.size() ? String.valueOf(page + 1) : null)
        .build();
  }
}
