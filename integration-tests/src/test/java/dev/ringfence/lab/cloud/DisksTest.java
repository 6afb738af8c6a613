package dev.ringfence.lab.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.lab.cloud.machine.Behaviour;
import dev.ringfence.lab.cloud.machine.Machine;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.AttachVolumeRequest;
import software.amazon.awssdk.services.ec2.model.AttachVolumeResponse;
import software.amazon.awssdk.services.ec2.model.CreateReplaceRootVolumeTaskRequest;
import software.amazon.awssdk.services.ec2.model.CreateReplaceRootVolumeTaskResponse;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.CreateVolumeRequest;
import software.amazon.awssdk.services.ec2.model.CreateVolumeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeReplaceRootVolumeTasksRequest;
import software.amazon.awssdk.services.ec2.model.DescribeReplaceRootVolumeTasksResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.DetachVolumeRequest;
import software.amazon.awssdk.services.ec2.model.DetachVolumeResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.SnapshotInfo;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StartInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Tag;

class DisksTest {
  private static final long SEED = 11;
  private static final Duration SETTLED = Duration.ofMinutes(6);

  private static CreateSnapshotsRequest setOf(String id) {
    return CreateSnapshotsRequest.builder()
        .instanceSpecification(s -> s.instanceId(id))
        .tagSpecifications(
            software.amazon.awssdk.services.ec2.model.TagSpecification.builder()
                .resourceType("snapshot")
                .tags(Tag.builder().key("point").value("of-" + id).build())
                .build())
        .build();
  }

  private static List<SnapshotInfo> take(Lab lab, String id) {
    return lab.ask("ec2", "CreateSnapshots", setOf(id), CreateSnapshotsResponse.class).snapshots();
  }

  private static List<Snapshot> tagged(Lab lab, String id) {
    return lab.ask(
            "ec2",
            "DescribeSnapshots",
            DescribeSnapshotsRequest.builder()
                .ownerIds("self")
                .filters(Filter.builder().name("tag:point").values("of-" + id).build())
                .build(),
            DescribeSnapshotsResponse.class)
        .snapshots();
  }

  private static CreateReplaceRootVolumeTaskRequest replacing(String id, String snapshotId) {
    return CreateReplaceRootVolumeTaskRequest.builder()
        .instanceId(id)
        .snapshotId(snapshotId)
        .clientToken("token-" + id)
        .build();
  }

  private static String replace(Lab lab, String id, String snapshotId) {
    return lab.ask(
            "ec2",
            "CreateReplaceRootVolumeTask",
            replacing(id, snapshotId),
            CreateReplaceRootVolumeTaskResponse.class)
        .replaceRootVolumeTask()
        .replaceRootVolumeTaskId();
  }

  private static String task(Lab lab, String taskId) {
    return lab.ask(
            "ec2",
            "DescribeReplaceRootVolumeTasks",
            DescribeReplaceRootVolumeTasksRequest.builder()
                .replaceRootVolumeTaskIds(taskId)
                .build(),
            DescribeReplaceRootVolumeTasksResponse.class)
        .replaceRootVolumeTasks()
        .getFirst()
        .taskStateAsString();
  }

  /** The snapshot of the root among the set that the test took. */
  private static String rootSnapshot(Machine machine, List<SnapshotInfo> set) {
    return set.stream()
        .filter(snapshot -> snapshot.volumeId().equals(machine.rootLineage().getFirst()))
        .findFirst()
        .orElseThrow()
        .snapshotId();
  }

  @Test
  void replacedRoot_bringsACrashedMachineBackWithTheOldVersion() {
    Lab lab = Lab.of(60, SEED).publishing(new Behaviour.BlueScreen());
    Machine machine = lab.anyInstance();
    List<SnapshotInfo> set = take(lab, machine.id());
    lab.pass(SETTLED);
    lab.install(List.of(machine.id()), "after");
    lab.pass(Duration.ofMinutes(10));
    assertTrue(lab.cloud.truth().crashedNow().contains(machine.id()));
    String task = replace(lab, machine.id(), rootSnapshot(machine, set));
    assertEquals(
        task, replace(lab, machine.id(), rootSnapshot(machine, set)), "one token, one task");
    lab.pass(Duration.ofMinutes(10));
    assertEquals("succeeded", task(lab, task));
    assertTrue(lab.cloud.truth().isAlive(machine.id()));
    assertEquals("7.15.0", lab.cloud.truth().installed(machine.id(), Lab.PRODUCT).orElseThrow());
    assertEquals("ok", lab.status(machine.id()).instanceStatus().statusAsString());
    assertEquals(2, machine.rootLineage().size());
  }

  @Test
  void snapshotTakenOfTheBadVersion_crashesAgain() {
    Lab lab = Lab.of(60, SEED).publishing(new Behaviour.BlueScreen());
    Machine machine = lab.anyInstance();
    lab.install(List.of(machine.id()), "never");
    lab.pass(Duration.ofMinutes(5));
    List<SnapshotInfo> set = take(lab, machine.id());
    lab.pass(SETTLED);
    replace(lab, machine.id(), rootSnapshot(machine, set));
    lab.pass(Duration.ofMinutes(12));
    assertTrue(lab.cloud.truth().crashedNow().contains(machine.id()));
  }

  @Test
  void pendingSnapshot_cannotBeRestored() {
    Lab lab = Lab.of(60, SEED);
    Machine machine = lab.anyInstance();
    String snapshot = rootSnapshot(machine, take(lab, machine.id()));
    lab.pass(Duration.ofSeconds(29));
    assertEquals("pending", tagged(lab, machine.id()).getFirst().stateAsString());
    assertEquals(
        "400 IncorrectState",
        lab.faultOf("ec2", "CreateReplaceRootVolumeTask", replacing(machine.id(), snapshot)));
    lab.pass(SETTLED);
    assertEquals("completed", tagged(lab, machine.id()).getFirst().stateAsString());
    assertEquals("100%", tagged(lab, machine.id()).getFirst().progress());
  }

  @Test
  void foreignSnapshot_isRefusedAsRoot() {
    Lab lab = Lab.of(60, SEED);
    Machine one = lab.anyInstance();
    Machine other = lab.any(m -> !m.hardware().hybrid() && !m.id().equals(one.id()));
    String snapshot = rootSnapshot(other, take(lab, other.id()));
    lab.pass(SETTLED);
    assertEquals(
        "400 InvalidParameterValue",
        lab.faultOf("ec2", "CreateReplaceRootVolumeTask", replacing(one.id(), snapshot)));
  }

  @Test
  void failedSet_failsWithAllItsMembers() {
    Lab lab = Lab.of(60, SEED);
    Machine machine = lab.any(m -> m.disks().size() == 2);
    lab.cloud.faults().failNextSnapshotSet();
    assertEquals(2, take(lab, machine.id()).size());
    lab.pass(SETTLED);
    assertEquals(
        List.of("error", "error"),
        tagged(lab, machine.id()).stream().map(Snapshot::stateAsString).toList());
  }

  @Test
  void snapshotLimits_areEc2s() {
    Lab lab = Lab.of(FleetSpec.of(300, SEED).withHibernating(1));
    Machine hibernating = lab.any(m -> m.settings().hibernating());
    assertEquals(
        "400 UnsupportedOperation", lab.faultOf("ec2", "CreateSnapshots", setOf(hibernating.id())));
    Machine machine = lab.any(m -> m.disks().size() == 1 && !m.hardware().hybrid());
    take(lab, machine.id());
    assertEquals(
        "400 SnapshotCreationPerVolumeRateExceeded",
        lab.faultOf("ec2", "CreateSnapshots", setOf(machine.id())));
    lab.cloud.faults().slowSnapshots(Duration.ofHours(1));
    for (int i = 0; i < 4; i++) {
      lab.pass(Duration.ofSeconds(15));
      take(lab, machine.id());
    }
    lab.pass(Duration.ofMinutes(10));
    take(lab, machine.id());
    assertEquals("400 ConcurrentSnapshotLimitExceeded", fifthPending(lab, machine.id()));
  }

  private static String fifthPending(Lab lab, String id) {
    lab.pass(Duration.ofSeconds(15));
    return lab.faultOf("ec2", "CreateSnapshots", setOf(id));
  }

  @Test
  void hundredPendingSnapshots_areAllThatAnAccountMayHave() {
    Lab lab = Lab.of(300, SEED);
    List<Machine> single =
        lab.cloud.fleet().instances().stream().filter(m -> m.disks().size() == 1).toList();
    single.subList(0, 100).forEach(machine -> take(lab, machine.id()));
    assertEquals(
        "400 PendingSnapshotLimitExceeded",
        lab.faultOf("ec2", "CreateSnapshots", setOf(single.get(100).id())));
  }

  @Test
  void failedReplacements_leaveTheOldRootOrNone() {
    Lab lab = Lab.of(60, SEED);
    List<Machine> machines = lab.cloud.fleet().instances().subList(0, 2);
    List<String> snapshots =
        machines.stream().map(m -> rootSnapshot(m, take(lab, m.id()))).toList();
    lab.pass(SETTLED);
    lab.cloud.faults().failNextRootReplacement();
    lab.cloud.faults().detachNextRootReplacement();
    String kept = replace(lab, machines.get(0).id(), snapshots.get(0));
    String detached = replace(lab, machines.get(1).id(), snapshots.get(1));
    lab.pass(Duration.ofMinutes(12));
    assertEquals("failed", task(lab, kept));
    assertTrue(lab.cloud.truth().isAlive(machines.get(0).id()));
    assertEquals("failed-detached", task(lab, detached));
    assertEquals(List.of(machines.get(1).id()), List.copyOf(lab.cloud.truth().crashedNow()));
  }

  @Test
  void stopSwapStart_restoresWithoutRootReplacement() {
    Lab lab = Lab.of(60, SEED).publishing(new Behaviour.BlueScreen());
    Machine machine =
        lab.any(m ->
            !m.hardware().hybrid()
                && !m.hardware().spot()
                && !m.tags().containsKey(FleetSpec.AUTO_SCALING_TAG));
    String id = machine.id();
    String snapshot = rootSnapshot(machine, take(lab, id));
    String old = machine.rootLineage().getFirst();
    lab.pass(SETTLED);
    lab.install(List.of(id), "never");
    lab.pass(Duration.ofMinutes(5));
    var detach = DetachVolumeRequest.builder().volumeId(old).build();
    assertEquals("400 OperationNotPermitted", lab.faultOf("ec2", "DetachVolume", detach));
    var stop = StopInstancesRequest.builder().instanceIds(id).skipOsShutdown(true).build();
    lab.ask("ec2", "StopInstances", stop, StopInstancesResponse.class);
    lab.pass(Duration.ofMinutes(1));
    assertEquals("stopped", lab.status(id).instanceState().nameAsString());
    lab.ask("ec2", "DetachVolume", detach, DetachVolumeResponse.class);
    var start = StartInstancesRequest.builder().instanceIds(id).build();
    assertEquals("400 InvalidParameterValue", lab.faultOf("ec2", "StartInstances", start));
    String fresh =
        lab.ask(
                "ec2",
                "CreateVolume",
                CreateVolumeRequest.builder()
                    .snapshotId(snapshot)
                    .availabilityZone(machine.hardware().zone())
                    .volumeType("gp3")
                    .build(),
                CreateVolumeResponse.class)
            .volumeId();
    var attach =
        AttachVolumeRequest.builder()
            .volumeId(fresh)
            .instanceId(id)
            .device(machine.hardware().rootDevice())
            .build();
    assertEquals("400 IncorrectState", lab.faultOf("ec2", "AttachVolume", attach), "too early");
    lab.pass(Duration.ofSeconds(20));
    lab.ask("ec2", "AttachVolume", attach, AttachVolumeResponse.class);
    lab.ask("ec2", "StartInstances", start, StartInstancesResponse.class);
    lab.pass(Duration.ofMinutes(8));
    assertTrue(lab.cloud.truth().isAlive(id));
    assertEquals("7.15.0", lab.cloud.truth().installed(id, Lab.PRODUCT).orElseThrow());
  }
}
