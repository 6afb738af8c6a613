package dev.ringfence.functions.aws;

import static dev.ringfence.functions.aws.SnapshotScript.TAKEN;
import static dev.ringfence.functions.aws.SnapshotScript.data;
import static dev.ringfence.functions.aws.SnapshotScript.root;
import static dev.ringfence.functions.aws.SnapshotScript.snapshot;
import static dev.ringfence.functions.aws.SnapshotScript.tags;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.Outcome.Unsettled.How;
import dev.ringfence.operation.Tries;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.model.CopyTagsFromSource;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Snapshot;

class SnapshotsTest {
  private static final Effect.TakeSnapshots TAKE =
      new Effect.TakeSnapshots(
          "r1-i1-snap",
          FakeAws.START,
          null,
          "i-1",
          "vol-root",
          Map.of("ringfence:release", "2.0.1"));
  private final FakeAws aws = new FakeAws();
  private final List<Snapshot> listed = new SnapshotScript(aws).listed;

  @Test
  void take_answersWithTheRootOfTheWholeSetInOneCall() {
    assertEquals(
        new Outcome.Done(TAKE.key(), "snap-root", TAKEN), aws.world().perform(TAKE, false));
    CreateSnapshotsRequest request = aws.ec2.script.all(CreateSnapshotsRequest.class).getFirst();
    assertEquals("i-1", request.instanceSpecification().instanceId());
    assertEquals(CopyTagsFromSource.VOLUME, request.copyTagsFromSource());
    assertEquals(ResourceType.SNAPSHOT, request.tagSpecifications().getFirst().resourceType());
    Map<String, String> tags = new HashMap<>();
    request.tagSpecifications().getFirst().tags().forEach(t -> tags.put(t.key(), t.value()));
    assertEquals(
        Map.of(
            "ringfence:release", "2.0.1",
            "ringfence:key", "r1-i1-snap",
            "ringfence:built-as",
                "zone=z-1 image=ami-1 type=m5.large architecture=x86_64 root=/dev/xvda",
            "ringfence:platform", "Linux/UNIX",
            "ringfence:consistency", "crash",
            "ringfence:disks", "2",
            "ringfence:disk:/dev/xvda",
                "volume=vol-root type=gp3 gib=8 iops=3000 throughput=125 deleteOnTermination=true"
                    + " key=arn:key",
            "ringfence:disk:/dev/sdf",
                "volume=vol-data type=st1 gib=500 deleteOnTermination=false"),
        tags);
  }

  @Test
  void volumesWithManyTags_keepThemToThemselves() {
    aws.ec2.script.on(
        DescribeVolumesRequest.class,
        request ->
            DescribeVolumesResponse.builder()
                .volumes(root(), data().toBuilder().tags(tags(43)).build())
                .build());
    aws.world().perform(TAKE, false);
    assertNull(aws.ec2.script.all(CreateSnapshotsRequest.class).getFirst().copyTagsFromSource());
  }

  @Test
  void machineOrVolumeThatIsNotShown_isNotTakenWithoutItsManifest() {
    aws.ec2.script.on(
        DescribeVolumesRequest.class,
        request -> DescribeVolumesResponse.builder().volumes(root()).build());
    assertEquals(
        new Outcome.Unsettled(TAKE.key(), "EC2 does not show every volume of i-1"),
        aws.world().perform(TAKE, false));
    aws.ec2.script.on(
        DescribeInstancesRequest.class, request -> DescribeInstancesResponse.builder().build());
    assertEquals(
        new Outcome.Unsettled(TAKE.key(), "EC2 does not show i-1"),
        aws.world().perform(TAKE, false));
    assertEquals(List.of(), aws.ec2.script.all(CreateSnapshotsRequest.class));
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
    assertEquals(1, aws.ec2.script.all(CreateSnapshotsRequest.class).size());
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
    // Looking at the machine and its volumes takes two reads, of which EC2 allows a hundred.
    AwsWorld world = aws.world();
    int done = 0;
    for (int n = 0; n < 50; n++) {
      done += world.perform(TAKE, false) instanceof Outcome.Done ? 1 : 0;
    }
    assertEquals(50, done);
    assertEquals(50, aws.ec2.script.all(CreateSnapshotsRequest.class).size());
    assertEquals(
        new Outcome.Unsettled(TAKE.key(), "paced: EC2_DESCRIBE is spent for now", How.POSTPONED),
        world.perform(TAKE, false));
    aws.pass(Duration.ofSeconds(1));
    assertEquals(new Outcome.Done(TAKE.key(), "snap-root", TAKEN), world.perform(TAKE, false));
  }
}
