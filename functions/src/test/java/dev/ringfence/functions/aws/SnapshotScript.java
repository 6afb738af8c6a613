package dev.ringfence.functions.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.SnapshotInfo;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Volume;

/** EC2 as the tests of snapshots need it. */
final class SnapshotScript {
  static final Instant TAKEN = FakeAws.START.plusSeconds(1);

  final List<Snapshot> listed = new ArrayList<>();

  /** Lets EC2 list what is put into the list, take sets, and show the machine that they are of. */
  SnapshotScript(FakeAws aws) {
    aws.ec2.script.on(DescribeSnapshotsRequest.class, this::onePerPage);
    aws.ec2.script.on(DescribeInstancesRequest.class, request -> machine());
    aws.ec2.script.on(
        DescribeVolumesRequest.class,
        request -> DescribeVolumesResponse.builder().volumes(root(), data()).build());
    aws.ec2.script.on(
        CreateSnapshotsRequest.class,
        request ->
            CreateSnapshotsResponse.builder()
                .snapshots(info("snap-data", "vol-data"), info("snap-root", "vol-root"))
                .build());
  }

  static List<Tag> tags(int count) {
    return IntStream.range(0, count)
        .mapToObj(n -> Tag.builder().key("team-" + n).value("a").build())
        .toList();
  }

  static Volume root() {
    return Volume.builder()
        .volumeId("vol-root")
        .volumeType("gp3")
        .size(8)
        .iops(3000)
        .throughput(125)
        .encrypted(true)
        .kmsKeyId("arn:key")
        .build();
  }

  static Volume data() {
    return Volume.builder().volumeId("vol-data").volumeType("st1").size(500).build();
  }

  static InstanceBlockDeviceMapping device(String name, String volume, boolean deletes) {
    return InstanceBlockDeviceMapping.builder()
        .deviceName(name)
        .ebs(ebs -> ebs.volumeId(volume).status("attached").deleteOnTermination(deletes))
        .build();
  }

  static DescribeInstancesResponse machine() {
    return DescribeInstancesResponse.builder()
        .reservations(
            Reservation.builder()
                .instances(
                    Instance.builder()
                        .instanceId("i-1")
                        .imageId("ami-1")
                        .instanceType("m5.large")
                        .architecture("x86_64")
                        .platformDetails("Linux/UNIX")
                        .placement(place -> place.availabilityZone("z-1"))
                        .state(state -> state.name("running"))
                        .rootDeviceName("/dev/xvda")
                        .blockDeviceMappings(
                            device("/dev/xvda", "vol-root", true),
                            device("/dev/sdf", "vol-data", false))
                        .build())
                .build())
        .build();
  }

  static SnapshotInfo info(String id, String volume) {
    return SnapshotInfo.builder().snapshotId(id).volumeId(volume).startTime(TAKEN).build();
  }

  static Snapshot snapshot(String id, String volume, String state, Instant taken) {
    return Snapshot.builder().snapshotId(id).volumeId(volume).state(state).startTime(taken).build();
  }

  DescribeSnapshotsResponse onePerPage(DescribeSnapshotsRequest request) {
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
