package dev.ringfence.functions.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringfence.operation.Blueprint;
import dev.ringfence.operation.Disk;
import dev.ringfence.operation.Watch;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Tag;

/** What the tags of a restore point's snapshots tell of its machine. */
class BlueprintsTest {
  private static final Disk ROOT = new Disk("gp3", 100, 6000, 500, "arn:aws:kms:eu-west-1:1:key/k");
  private static final Disk DATA = new Disk("gp2", 50, null, null, null);

  private final FakeAws aws = new FakeAws();

  private static Snapshot snapshot(
      String id, String volume, String state, Map<String, String> tags) {
    return Snapshot.builder()
        .snapshotId(id)
        .volumeId(volume)
        .state(state)
        .tags(
            tags.entrySet().stream()
                .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList())
        .build();
  }

  private static Map<String, String> manifest() {
    return Map.of(
        "ringfence:key", "ro-1",
        "ringfence:built-as",
            "zone=az-1 image=ami-1 type=m5.large architecture=x86_64 root=/dev/sda1",
        "ringfence:disk:/dev/sda1",
            "volume=vol-1 type=gp3 gib=100 iops=6000 throughput=500 deleteOnTermination=true"
                + " key=arn:aws:kms:eu-west-1:1:key/k",
        "ringfence:disk:xvdf", "volume=vol-2 type=gp2 gib=50 deleteOnTermination=false",
        "ringfence:disk:xvdg", "volume=vol-3 type=gp2 gib=50 deleteOnTermination=false",
        "ringfence:disk:xvdh", "somebody wrote here");
  }

  private Map<String, Blueprint> read(String... roots) {
    return aws.world().observe(Watch.NOTHING.withBlueprints(Set.of(roots))).blueprints();
  }

  @Test
  void manifestAndSet_tellHowTheMachineWasPutTogether() {
    aws.ec2.script.on(
        DescribeSnapshotsRequest.class,
        request ->
            DescribeSnapshotsResponse.builder()
                .snapshots(
                    request.filters().getFirst().name().equals("snapshot-id")
                        ? List.of(snapshot("snap-1", "vol-1", "completed", manifest()))
                        : List.of(
                            snapshot("snap-1", "vol-1", "completed", manifest()),
                            snapshot("snap-2", "vol-2", "completed", manifest()),
                            snapshot("snap-3", "vol-3", "error", manifest())))
                .build());
    assertEquals(
        Map.of(
            "snap-1",
            new Blueprint(
                "/dev/sda1",
                Map.of(
                    "/dev/sda1", new Blueprint.Piece("vol-1", ROOT, true, "snap-1"),
                    "xvdf", new Blueprint.Piece("vol-2", DATA, false, "snap-2"),
                    "xvdg", new Blueprint.Piece("vol-3", DATA, false, null)))),
        read("snap-1"));
  }

  @Test
  void snapshotOfSomebodyElse_bearsNoManifest() {
    aws.ec2.script.on(
        DescribeSnapshotsRequest.class,
        request ->
            DescribeSnapshotsResponse.builder()
                .snapshots(snapshot("snap-1", "vol-1", "completed", Map.of("Name", "nightly")))
                .build());
    assertEquals(Map.of("snap-1", Blueprint.NONE), read("snap-1"));
    assertEquals(1, aws.ec2.script.all(DescribeSnapshotsRequest.class).size());
  }

  @Test
  void snapshotThatCouldNotBeReadOrIsGone_isMissing() {
    aws.ec2.script.on(
        DescribeSnapshotsRequest.class, request -> DescribeSnapshotsResponse.builder().build());
    assertEquals(Map.of(), read("snap-1"));
    aws.ec2.script.on(
        DescribeSnapshotsRequest.class,
        request -> {
          throw FakeAws.error("RequestLimitExceeded", 503);
        });
    assertEquals(Map.of(), read("snap-1"));
  }
}
