package dev.ringfence.functions.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.ringfence.operation.Disk;
import dev.ringfence.operation.MachineEffect;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.Rig;
import dev.ringfence.operation.Sight;
import dev.ringfence.operation.Volume;
import dev.ringfence.operation.Watch;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingInstancesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingInstancesResponse;
import software.amazon.awssdk.services.autoscaling.model.EnterStandbyRequest;
import software.amazon.awssdk.services.ec2.model.AttachVolumeRequest;
import software.amazon.awssdk.services.ec2.model.CreateVolumeRequest;
import software.amazon.awssdk.services.ec2.model.CreateVolumeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.DetachVolumeRequest;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputRequest;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputResponse;
import software.amazon.awssdk.services.ec2.model.GetConsoleScreenshotRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** What is done to one machine from outside. */
// The SDK's builders take lambdas as varargs of a generic type.
@SuppressWarnings("unchecked")
class HandsTest {
  private static final Instant AT = FakeAws.START;
  private static final String MACHINE = "i-1";

  private final FakeAws aws = new FakeAws();

  @Test
  void stop_doesNotWaitForAGuestThatHasCrashed() {
    aws.ec2.script.on(
        StopInstancesRequest.class, request -> StopInstancesResponse.builder().build());
    perform(new MachineEffect.StopMachine("k", AT, false, MACHINE), false);
    assertEquals(
        List.of(StopInstancesRequest.builder().instanceIds(MACHINE).skipOsShutdown(true).build()),
        aws.ec2.script.all(StopInstancesRequest.class));
  }

  @Test
  void newVolume_isWhatTheManifestSaysAndBearsTheKey() {
    aws.ec2.script.on(
        CreateVolumeRequest.class,
        request -> CreateVolumeResponse.builder().volumeId("vol-2").build());
    assertEquals(new Outcome.Done("k", "vol-2", AT), perform(create(), false));
    CreateVolumeRequest sent = aws.ec2.script.all(CreateVolumeRequest.class).getFirst();
    assertEquals("k", sent.clientToken());
    assertEquals(
        List.of("snap-1", "az-1", "gp3"),
        List.of(sent.snapshotId(), sent.availabilityZone(), sent.volumeTypeAsString()));
    assertEquals(List.of(8, 3000, 125), List.of(sent.size(), sent.iops(), sent.throughput()));
    assertEquals(true, sent.encrypted());
    assertEquals("arn:key", sent.kmsKeyId());
  }

  @Test
  void newVolumeOfABeatThatDied_isFoundByItsKey() {
    volumes(volume("vol-7", "available"));
    assertEquals(new Outcome.Done("k", "vol-7", AT), perform(create(), true));
    assertEquals(List.of(), aws.ec2.script.all(CreateVolumeRequest.class));
  }

  @Test
  void attachmentThatWasMadeBefore_isDone() {
    refuse(AttachVolumeRequest.class, "VolumeInUse");
    var attach = new MachineEffect.AttachVolume("k", AT, true, MACHINE, "vol-2", "/dev/xvda");
    volumes(attached("vol-2", MACHINE, "/dev/xvda"));
    assertEquals(new Outcome.Done("k", "", AT), perform(attach, true));
    volumes(attached("vol-2", MACHINE, "/dev/xvdf"));
    assertInstanceOf(Outcome.Refused.class, perform(attach, true));
    volumes(attached("vol-2", "i-2", "/dev/xvda"));
    assertInstanceOf(Outcome.Refused.class, perform(attach, true));
  }

  @Test
  void detachmentThatWasMadeBefore_isDoneAndOneOfAnUnknownVolumeIsNot() {
    refuse(DetachVolumeRequest.class, "IncorrectState");
    var detach = new MachineEffect.DetachVolume("k", AT, true, MACHINE, "vol-1", "/dev/xvda");
    machine("stopped", "Name");
    volumes(volume("vol-1", "available"));
    assertEquals(new Outcome.Done("k", "", AT), perform(detach, true));
    aws.ec2.script.on(
        DescribeVolumesRequest.class, request -> DescribeVolumesResponse.builder().build());
    assertInstanceOf(Outcome.Refused.class, perform(detach, true));
  }

  /** EC2 would take a data volume from under a system that writes to it. */
  @Test
  void volumeOfAMachineThatRuns_isNotDetached() {
    machine("running", "Name");
    var detach = new MachineEffect.DetachVolume("k", AT, false, MACHINE, "vol-1", "/dev/sdf");
    assertEquals(
        new Outcome.Refused("k", "MachineIsNotStopped", MACHINE + " is running"),
        perform(detach, false));
    assertEquals(List.of(), aws.ec2.script.all(DetachVolumeRequest.class));
  }

  @Test
  void memberThatIsInStandbyAlready_isDone() {
    aws.autoScaling.script.on(
        EnterStandbyRequest.class,
        request -> {
          throw FakeAws.error("ValidationError", 400);
        });
    member("Standby");
    var enter = new MachineEffect.EnterStandby("k", AT, true, MACHINE, "web", false);
    assertEquals(new Outcome.Done("k", "", AT), perform(enter, false));
    member("InService");
    assertInstanceOf(Outcome.Refused.class, perform(enter, false));
  }

  @Test
  void pictureOfAnArmMachine_isMissedInWordsAndTheOutputIsKept() {
    refuse(GetConsoleScreenshotRequest.class, "UnsupportedOperation");
    String panic = Base64.getEncoder().encodeToString("panic".getBytes(StandardCharsets.UTF_8));
    aws.ec2.script.on(
        GetConsoleOutputRequest.class,
        request -> GetConsoleOutputResponse.builder().output(panic).build());
    aws.s3.script.on(PutObjectRequest.class, request -> PutObjectResponse.builder().build());
    assertEquals(
        new Outcome.Done(
            "k", "no screenshot: UnsupportedOperation; s3://evidence/r-1/i-1/console.txt", AT),
        perform(new MachineEffect.CaptureEvidence("k", AT, false, MACHINE, "r-1"), false));
  }

  @Test
  void evidenceThatBroughtNoAnswer_isTriedAgain() {
    aws.ec2.script.on(
        GetConsoleScreenshotRequest.class,
        request -> {
          throw FakeAws.error("RequestLimitExceeded", 503);
        });
    assertInstanceOf(
        Outcome.Unsettled.class,
        perform(new MachineEffect.CaptureEvidence("k", AT, false, MACHINE, "r-1"), false));
  }

  @Test
  void rig_showsDevicesReasonAndPlaceInItsGroup() {
    machine("aws:autoscaling:groupName");
    member("InService");
    Rig expected =
        new Rig(
            MACHINE,
            "az-1",
            "stopped",
            "Client.InternalError",
            "/dev/xvda",
            Map.of("/dev/xvda", new Rig.Attached("vol-1", "attached", true)),
            true,
            new Rig.Make("ami-1", "t3.micro", "Linux/UNIX", "x86_64"),
            new Rig.Membership("web", "InService"));
    assertEquals(Map.of(MACHINE, expected), look().rigs());
  }

  @Test
  void memberWhosePlaceCannotBeRead_isNotSeen() {
    machine("aws:autoscaling:groupName");
    aws.autoScaling.script.on(
        DescribeAutoScalingInstancesRequest.class,
        request -> {
          throw FakeAws.error("Throttling", 400);
        });
    Sight sight = look();
    assertEquals(Map.of(), sight.rigs());
    assertEquals(List.of("DescribeAutoScalingInstances of 1: Throttling"), sight.gaps());
  }

  @Test
  void volumes_areReadWithTheirAttachments() {
    volumes(attached("vol-1", MACHINE, "/dev/xvda"));
    assertEquals(
        Map.of(
            "vol-1",
            new Volume(
                "vol-1",
                "az-1",
                "in-use",
                new Disk("gp3", 8, 3000, 125, null),
                "snap-1",
                List.of(new Volume.Attachment(MACHINE, "/dev/xvda", "attached")),
                Map.of())),
        aws.world().observe(Watch.NOTHING.withVolumes(Set.of("vol-1", "vol-2"))).volumes());
  }

  @Test
  void baselineThatEc2ReportsForATypeWithoutAChoice_isNotWishedForLater() {
    for (Disk disk :
        List.of(
            new Disk("gp2", 8, null, null, null),
            new Disk("st1", 8, null, null, null),
            new Disk("io1", 8, 3000, null, null),
            new Disk("io2", 8, 3000, null, null),
            new Disk("gp3", 8, 3000, 125, null))) {
      volumes(attached("vol-1", MACHINE, "/dev/xvda").toBuilder().volumeType(disk.type()).build());
      Map<String, Volume> seen =
          aws.world().observe(Watch.NOTHING.withVolumes(Set.of("vol-1"))).volumes();
      assertEquals(List.of(disk), seen.values().stream().map(Volume::disk).toList());
    }
  }

  private Sight look() {
    return aws.world().observe(Watch.NOTHING.withRigs(Set.of(MACHINE)));
  }

  private Outcome perform(MachineEffect effect, boolean lookFirst) {
    return aws.world().perform(effect, lookFirst);
  }

  private static MachineEffect.CreateVolume create() {
    return new MachineEffect.CreateVolume(
        "k",
        AT,
        false,
        MACHINE,
        "snap-1",
        "az-1",
        new Disk("gp3", 8, 3000, 125, "arn:key"),
        Map.of());
  }

  private <R extends Ec2Request> void refuse(Class<R> request, String code) {
    aws.ec2.script.on(
        request,
        asked -> {
          throw FakeAws.error(code, 400);
        });
  }

  private void machine(String tag) {
    machine("stopped", tag);
  }

  private void machine(String state, String tag) {
    aws.ec2.script.on(
        DescribeInstancesRequest.class,
        request ->
            DescribeInstancesResponse.builder()
                .reservations(r ->
                    r.instances(i ->
                        i.instanceId(MACHINE)
                            .placement(p -> p.availabilityZone("az-1"))
                            .state(s -> s.name(state))
                            .stateReason(s -> s.code("Client.InternalError"))
                            .rootDeviceName("/dev/xvda")
                            .instanceLifecycle("spot")
                            .imageId("ami-1")
                            .instanceType("t3.micro")
                            .platformDetails("Linux/UNIX")
                            .architecture("x86_64")
                            .tags(t -> t.key(tag).value("web"))
                            .blockDeviceMappings(d ->
                                d.deviceName("/dev/xvda")
                                    .ebs(e ->
                                        e.volumeId("vol-1")
                                            .status("attached")
                                            .deleteOnTermination(true)))))
                .build());
  }

  private void member(String lifecycle) {
    aws.autoScaling.script.on(
        DescribeAutoScalingInstancesRequest.class,
        request ->
            DescribeAutoScalingInstancesResponse.builder()
                .autoScalingInstances(one ->
                    one.instanceId(MACHINE).autoScalingGroupName("web").lifecycleState(lifecycle))
                .build());
  }

  private void volumes(software.amazon.awssdk.services.ec2.model.Volume volume) {
    aws.ec2.script.on(
        DescribeVolumesRequest.class,
        request -> DescribeVolumesResponse.builder().volumes(volume).build());
  }

  private static software.amazon.awssdk.services.ec2.model.Volume volume(String id, String state) {
    return software.amazon.awssdk.services.ec2.model.Volume.builder()
        .volumeId(id)
        .availabilityZone("az-1")
        .state(state)
        .volumeType("gp3")
        .size(8)
        .iops(3000)
        .throughput(125)
        .encrypted(false)
        .snapshotId("snap-1")
        .build();
  }

  private static software.amazon.awssdk.services.ec2.model.Volume attached(
      String id, String machine, String device) {
    return volume(id, "in-use").toBuilder()
        .attachments(a -> a.instanceId(machine).device(device).state("attached"))
        .build();
  }
}
