package dev.ringfence.lab.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.EbsInstanceBlockDevice;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.InstanceSpecification;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;
import software.amazon.awssdk.services.ec2.model.SnapshotInfo;
import software.amazon.awssdk.services.ec2.model.SnapshotState;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** What the SDK says in EC2's dialect arrives as said, and the answer comes back as given. */
class Ec2QueryTest {
  private static final Instant LAUNCHED = Instant.parse("2026-11-01T08:15:30.250Z");

  private final Services services = new Services();
  private final Wire wire = new Wire(services);
  private final Ec2Client ec2 = SdkOnLab.client(Ec2Client.builder(), wire, 1);

  private static Instance instance(String id) {
    return Instance.builder()
        .instanceId(id)
        .launchTime(LAUNCHED)
        .ebsOptimized(true)
        .amiLaunchIndex(3)
        .state(s -> s.code(16).name(InstanceStateName.RUNNING))
        .placement(p -> p.availabilityZone("eu-central-1a"))
        .tags(Tag.builder().key("Name").value("a <b> & \"c\"").build())
        .blockDeviceMappings(
            InstanceBlockDeviceMapping.builder()
                .deviceName("/dev/xvda")
                .ebs(EbsInstanceBlockDevice.builder().volumeId("vol-1").build())
                .build(),
            InstanceBlockDeviceMapping.builder().deviceName("/dev/sdb").build())
        .build();
  }

  @Test
  void describeInstances_roundTrip_keepsFiltersAndNestedLists() {
    List<DescribeInstancesRequest> asked = new ArrayList<>();
    DescribeInstancesResponse answer =
        DescribeInstancesResponse.builder()
            .reservations(
                Reservation.builder().instances(instance("i-1"), instance("i-2")).build(),
                Reservation.builder().reservationId("r-2").build())
            .nextToken("more")
            .build();
    services.on(
        "ec2",
        "DescribeInstances",
        DescribeInstancesRequest::builder,
        SdkOnLab.remembering(asked, answer));
    DescribeInstancesRequest request =
        DescribeInstancesRequest.builder()
            .instanceIds("i-1", "i-2")
            .filters(
                Filter.builder().name("tag:ring").values("dev", "a=b&c d+e").build(),
                Filter.builder().name("instance-state-name").values("running").build())
            .maxResults(1000)
            .build();

    SdkOnLab.assertSaidTheSame(answer, ec2.describeInstances(request));
    assertEquals(List.of(request), asked);
  }

  @Test
  void createSnapshots_roundTrip_keepsTagSpecifications() {
    List<CreateSnapshotsRequest> asked = new ArrayList<>();
    CreateSnapshotsResponse answer =
        CreateSnapshotsResponse.builder()
            .snapshots(
                SnapshotInfo.builder()
                    .snapshotId("snap-1")
                    .volumeId("vol-1")
                    .state(SnapshotState.PENDING)
                    .startTime(LAUNCHED)
                    .volumeSize(8)
                    .encrypted(false)
                    .build())
            .build();
    services.on(
        "ec2",
        "CreateSnapshots",
        CreateSnapshotsRequest::builder,
        SdkOnLab.remembering(asked, answer));
    CreateSnapshotsRequest request =
        CreateSnapshotsRequest.builder()
            .instanceSpecification(
                InstanceSpecification.builder()
                    .instanceId("i-1")
                    .excludeBootVolume(false)
                    .excludeDataVolumeIds("vol-8", "vol-9")
                    .build())
            .description("restore point")
            .tagSpecifications(
                TagSpecification.builder()
                    .resourceType(ResourceType.SNAPSHOT)
                    .tags(
                        Tag.builder().key("ringfence:key").value("k1").build(),
                        Tag.builder().key("empty").value("").build())
                    .build())
            .build();

    SdkOnLab.assertSaidTheSame(answer, ec2.createSnapshots(request));
    assertEquals(List.of(request), asked);
  }

  @Test
  void runInstances_withDisks_arrivesWithItsStructures() {
    List<RunInstancesRequest> asked = new ArrayList<>();
    services.on(
        "ec2",
        "RunInstances",
        RunInstancesRequest::builder,
        SdkOnLab.remembering(asked, RunInstancesResponse.builder().build()));
    RunInstancesRequest request =
        RunInstancesRequest.builder()
            .imageId("ami-1")
            .minCount(1)
            .maxCount(1)
            .clientToken("token")
            .userData("aGk=")
            .blockDeviceMappings(
                BlockDeviceMapping.builder()
                    .deviceName("/dev/xvda")
                    .ebs(e -> e.snapshotId("snap-1").deleteOnTermination(true).volumeSize(8))
                    .build())
            .networkInterfaces(
                InstanceNetworkInterfaceSpecification.builder()
                    .deviceIndex(0)
                    .groups("sg-1", "sg-2")
                    .build())
            .build();

    ec2.runInstances(request);

    assertEquals(List.of(request), asked);
  }

  @Test
  void emptyList_isNotTakenForAnElement() {
    services.on(
        "ec2",
        "DescribeInstances",
        DescribeInstancesRequest::builder,
        request -> DescribeInstancesResponse.builder().reservations(List.of()).build());

    assertEquals(List.of(), ec2.describeInstances().reservations());
  }

  @Test
  void fault_isRaisedWithItsCodeStatusAndRequestId() {
    services.on(
        "ec2",
        "DescribeInstances",
        DescribeInstancesRequest::builder,
        request -> {
          throw new AwsFault("InvalidInstanceID.NotFound", 400, "i-9 does not exist");
        });

    Ec2Exception raised = assertThrows(Ec2Exception.class, ec2::describeInstances);

    assertEquals("InvalidInstanceID.NotFound", raised.awsErrorDetails().errorCode());
    assertEquals("i-9 does not exist", raised.awsErrorDetails().errorMessage());
    assertEquals(400, raised.statusCode());
    assertEquals("00000000-0000-4000-8000-000000000001", raised.requestId());
    assertFalse(raised.isThrottlingException());
  }

  @Test
  void throttle_isKnownToTheSdkAsOne() {
    services.on(
        "ec2",
        "DescribeInstances",
        DescribeInstancesRequest::builder,
        request -> {
          throw new AwsFault("RequestLimitExceeded", 503, "Request limit exceeded.");
        });

    Ec2Exception raised = assertThrows(Ec2Exception.class, ec2::describeInstances);

    assertTrue(raised.isThrottlingException());
  }

  @Test
  void unknownOperation_isA400ThatNamesIt() {
    Ec2Exception raised = assertThrows(Ec2Exception.class, ec2::describeVpcs);

    assertEquals(400, raised.statusCode());
    assertEquals(
        "The lab has no operation ec2.DescribeVpcs", raised.awsErrorDetails().errorMessage());
  }

  private String post(String form) throws IOException {
    return wire.answer(
            new WireRequest(
                "POST",
                "/",
                "",
                Map.of(),
                SdkBytes.fromByteArray(form.getBytes(StandardCharsets.UTF_8))))
        .body()
        .asUtf8String();
  }

  @Test
  void misspeltParameter_isRefusedAndNotIgnored() throws Exception {
    services.on(
        "ec2",
        "DescribeInstances",
        DescribeInstancesRequest::builder,
        request -> DescribeInstancesResponse.builder().build());

    assertTrue(
        post("Action=DescribeInstances&Version=2016-11-15&Filter.1.Nam=x")
            .contains("The parameter Filter.1.Nam is not recognized"));
    assertTrue(
        post("Action=DescribeInstances&MaxResults=many")
            .contains("Value (many) for parameter MaxResults is invalid"));
  }

  @Test
  void twelveListElements_arriveInTheirOrder() {
    List<DescribeInstancesRequest> asked = new ArrayList<>();
    services.on(
        "ec2",
        "DescribeInstances",
        DescribeInstancesRequest::builder,
        SdkOnLab.remembering(asked, DescribeInstancesResponse.builder().build()));
    List<String> ids = new ArrayList<>();
    for (int i = 1; i <= 12; i++) {
      ids.add("i-" + i);
    }

    ec2.describeInstances(r -> r.instanceIds(ids));

    assertEquals(ids, asked.getFirst().instanceIds());
  }
}
