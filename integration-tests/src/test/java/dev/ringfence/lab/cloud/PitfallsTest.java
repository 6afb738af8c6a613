package dev.ringfence.lab.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.lab.cloud.FleetSpec.Oddity;
import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.cloud.machine.Settings;
import dev.ringfence.lab.cloud.machine.Stratum;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.model.CopySnapshotRequest;
import software.amazon.awssdk.services.ec2.model.CopySnapshotResponse;
import software.amazon.awssdk.services.ec2.model.CreateVolumeRequest;
import software.amazon.awssdk.services.ec2.model.CreateVolumeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumeStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumeStatusResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.DetachVolumeRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;

/** What a restore meets in a real account, each thing by itself. */
class PitfallsTest {
  private static final long SEED = 13;

  private static Ec2 odd(Oddity oddity) {
    return new Ec2(Lab.of(FleetSpec.of(60, SEED).with(oddity, 20)));
  }

  private static Ec2 usual() {
    return new Ec2(Lab.of(60, SEED));
  }

  private static String volumeState(Ec2 ec2, String id) {
    return ec2.ask(
            "DescribeVolumes",
            DescribeVolumesRequest.builder().volumeIds(id).build(),
            DescribeVolumesResponse.class)
        .volumes()
        .getFirst()
        .stateAsString();
  }

  private static boolean isAlone(Machine machine) {
    return !machine.tags().containsKey(FleetSpec.AUTO_SCALING_TAG);
  }

  @Test
  void assignedAddress_isAnotherAfterAStop_andAnElasticOneIsNot() {
    for (Oddity oddity : List.of(Oddity.PUBLIC_ADDRESS, Oddity.ELASTIC_ADDRESS)) {
      Ec2 ec2 = odd(oddity);
      Machine machine =
          ec2.instance(m -> isAlone(m) && m.settings().address() != Settings.Address.NONE);
      String before = ec2.seen(machine.id()).publicIpAddress();
      assertNotNull(before);
      ec2.stop(machine.id());
      boolean elastic = oddity == Oddity.ELASTIC_ADDRESS;
      assertEquals(elastic ? before : null, ec2.seen(machine.id()).publicIpAddress());
      ec2.start(machine.id());
      ec2.lab().pass(Duration.ofMinutes(1));
      String after = ec2.seen(machine.id()).publicIpAddress();
      assertNotNull(after);
      assertEquals(elastic, before.equals(after));
    }
  }

  @Test
  void spotInstanceThatMustStartWithoutARoot_isTerminated() {
    Ec2 ec2 = odd(Oddity.PERSISTENT_SPOT);
    Machine machine = ec2.lab().any(m -> m.settings().persistentSpot());
    ec2.stop(machine.id());
    ec2.detach(Ec2.rootOf(machine));
    ec2.start(machine.id());
    ec2.lab().pass(Duration.ofMinutes(2));
    assertEquals("terminated", ec2.state(machine.id()));
  }

  @Test
  void stopOfAHungSystem_takesMinutesUnlessTheShutdownIsSkipped() {
    Ec2 ec2 = usual();
    Machine machine = ec2.loner();
    ec2.lab().cloud.faults().crash(machine.id());
    ec2.stop(machine.id(), false);
    ec2.lab().pass(Duration.ofMinutes(2));
    assertEquals("stopping", ec2.state(machine.id()));
    ec2.stop(machine.id(), true);
    ec2.lab().pass(Duration.ofSeconds(15));
    assertEquals("stopped", ec2.state(machine.id()), "a second stop cuts it short");
    assertTrue(ec2.lab().cloud.truth().everStopped().contains(machine.id()));
  }

  @Test
  void stopProtectedInstance_isNotStopped() {
    Ec2 ec2 = odd(Oddity.STOP_PROTECTED);
    Machine machine = ec2.instance(m -> m.settings().stopProtected());
    assertEquals(
        "400 OperationNotPermitted",
        ec2.faultOf(
            "StopInstances", StopInstancesRequest.builder().instanceIds(machine.id()).build()));
  }

  @Test
  void systemThatShutsDown_takesItsInstanceWithItWhenItsOwnerSaidSo() {
    Ec2 ec2 = odd(Oddity.TERMINATES_ON_SHUTDOWN);
    Machine doomed =
        ec2.instance(m -> isAlone(m) && m.settings().shutdownBehavior().equals("terminate"));
    Machine kept = ec2.instance(m -> isAlone(m) && m.settings().shutdownBehavior().equals("stop"));
    ec2.lab().cloud.faults().restore().shutDown(doomed.id());
    ec2.lab().cloud.faults().restore().shutDown(kept.id());
    ec2.lab().pass(Ec2.SETTLED);
    assertEquals(
        List.of("terminated", "stopped"), List.of(ec2.state(doomed.id()), ec2.state(kept.id())));
  }

  @Test
  void instanceStore_isEmptyAfterAStop() {
    Ec2 ec2 = odd(Oddity.INSTANCE_STORE);
    Machine machine =
        ec2.instance(m -> isAlone(m) && m.hardware().instanceType().equals("m5d.large"));
    ec2.stop(machine.id());
    assertTrue(ec2.lab().cloud.truth().lostStores().contains(machine.id()));
  }

  @Test
  void startWithoutAGrantForTheKey_isAcceptedAndThenStopsAgain() {
    Ec2 ec2 = odd(Oddity.OWN_KEY);
    Machine machine = ec2.instance(m -> isAlone(m) && isOwn(m));
    ec2.stop(machine.id());
    ec2.lab().cloud.faults().restore().forbidKey(Account.OWN_KEY);
    ec2.start(machine.id());
    assertEquals("pending", ec2.state(machine.id()));
    ec2.lab().pass(Duration.ofMinutes(1));
    assertEquals("stopped", ec2.state(machine.id()));
    assertEquals("Client.InternalError", ec2.seen(machine.id()).stateReason().code());
    ec2.lab().cloud.faults().restore().allowKey(Account.OWN_KEY);
    ec2.start(machine.id());
    ec2.lab().pass(Duration.ofMinutes(1));
    assertEquals("running", ec2.state(machine.id()));
  }

  private static boolean isOwn(Machine machine) {
    return machine.root() != null && machine.root().facts().keyId().equals(Account.OWN_KEY);
  }

  @Test
  void volumeWhoseKeyIsForbidden_isCreatedAndThenInError() {
    Ec2 ec2 = odd(Oddity.OWN_KEY);
    Machine machine = ec2.instance(PitfallsTest::isOwn);
    String snapshot = ec2.snapshotOfRoot(machine);
    ec2.lab().cloud.faults().restore().forbidKey(Account.OWN_KEY);
    String volume = ec2.create(Ec2.volume(machine, snapshot).build());
    assertEquals("error", volumeState(ec2, volume));
    assertEquals(
        "400 IncorrectState",
        ec2.faultOf("AttachVolume", Ec2.attaching(volume, machine.id(), "/dev/sdz")));
  }

  @Test
  void coldDisk_bootsSlowerThanAWarmOne() {
    Duration cold = bootTime(null);
    Duration warm = bootTime(300);
    assertTrue(cold.compareTo(warm) > 0, cold + " and " + warm);
    assertEquals(warm.multipliedBy(2), cold);
  }

  /** From the start to the end of the boot of a volume that was made a good minute before. */
  private static Duration bootTime(@Nullable Integer rate) {
    Ec2 ec2 = usual();
    Machine machine =
        ec2.instance(m -> isAlone(m) && m.hardware().rootDevice().equals("/dev/xvda"));
    String snapshot = ec2.snapshotOfRoot(machine);
    ec2.stop(machine.id());
    String volume =
        ec2.create(Ec2.volume(machine, snapshot).volumeInitializationRate(rate).build());
    int percent = warmPercent(ec2, volume);
    assertTrue(percent > 0 && percent < 100, "" + percent);
    ec2.detach(Ec2.rootOf(machine));
    ec2.attach(volume, machine);
    ec2.lab().pass(Duration.ofMinutes(1));
    ec2.start(machine.id());
    while (!ec2.state(machine.id()).equals("running")) {
      ec2.lab().pass(Duration.ofMillis(1));
    }
    Instant on = ec2.lab().now();
    ec2.lab().pass(Duration.ofMinutes(9));
    return Duration.between(on, machine.bootedAt());
  }

  private static int warmPercent(Ec2 ec2, String volume) {
    return ec2.ask(
            "DescribeVolumeStatus",
            DescribeVolumeStatusRequest.builder().volumeIds(volume).build(),
            DescribeVolumeStatusResponse.class)
        .volumeStatuses()
        .getFirst()
        .initializationStatusDetails()
        .progress()
        .intValue();
  }

  @Test
  void copyOfASnapshot_isOfNobodysLineage() {
    Ec2 ec2 = usual();
    Machine machine = ec2.loner();
    String snapshot = ec2.snapshotOfRoot(machine);
    String copy =
        ec2.ask(
                "CopySnapshot",
                CopySnapshotRequest.builder()
                    .sourceRegion(Account.REGION)
                    .sourceSnapshotId(snapshot)
                    .build(),
                CopySnapshotResponse.class)
            .snapshotId();
    ec2.lab().pass(Ec2.SETTLED);
    assertEquals(
        "400 InvalidParameterValue",
        ec2.faultOf("CreateReplaceRootVolumeTask", Ec2.replacing(machine, copy)));
    assertEquals("available", volumeState(ec2, ec2.create(Ec2.volume(machine, copy).build())));
    Machine other = ec2.instance(m -> m != machine);
    assertEquals(
        "400 InvalidParameterValue",
        ec2.faultOf("CreateReplaceRootVolumeTask", Ec2.replacing(other, snapshot)));
  }

  @Test
  void archivedSnapshot_isRestoredByNeitherPath() {
    Ec2 ec2 = usual();
    Machine machine = ec2.loner();
    String snapshot = ec2.snapshotOfRoot(machine);
    ec2.lab().cloud.faults().restore().archive(snapshot);
    assertEquals(
        "400 IncorrectState", ec2.faultOf("CreateVolume", Ec2.volume(machine, snapshot).build()));
    assertEquals(
        "400 IncorrectState",
        ec2.faultOf("CreateReplaceRootVolumeTask", Ec2.replacing(machine, snapshot)));
  }

  @Test
  void marketplaceRoot_keepsItsCodeAndGoesToAStoppedInstanceOnly() {
    Ec2 ec2 = odd(Oddity.MARKETPLACE);
    Machine machine =
        ec2.instance(
            m -> isAlone(m) && m.root() != null && !m.root().facts().productCode().isEmpty());
    String code = ec2.seen(machine.id()).productCodes().getFirst().productCodeId();
    String snapshot = ec2.snapshotOfRoot(machine);
    String volume = ec2.create(Ec2.volume(machine, snapshot).build());
    assertEquals(
        "400 OperationNotPermitted",
        ec2.faultOf("AttachVolume", Ec2.attaching(volume, machine.id(), "/dev/sdz")));
    ec2.stop(machine.id());
    ec2.detach(Ec2.rootOf(machine));
    assertEquals(List.of(), ec2.seen(machine.id()).productCodes(), "the code goes with the root");
    ec2.attach(volume, machine);
    assertEquals(code, ec2.seen(machine.id()).productCodes().getFirst().productCodeId());
  }

  @Test
  void metal_hasNoRootReplacement() {
    Ec2 ec2 = odd(Oddity.BARE_METAL);
    Machine machine = ec2.instance(m -> m.hardware().instanceType().equals("m5.metal"));
    String snapshot = ec2.snapshotOfRoot(machine);
    assertEquals(
        "400 UnsupportedOperation",
        ec2.faultOf("CreateReplaceRootVolumeTask", Ec2.replacing(machine, snapshot)));
  }

  @Test
  void attachments_keepTheirRules() {
    Ec2 ec2 = usual();
    Machine machine = ec2.loner();
    Machine elsewhere = ec2.instance(m -> !m.hardware().zone().equals(machine.hardware().zone()));
    String snapshot = ec2.snapshotOfRoot(machine);
    String volume = ec2.create(Ec2.volume(machine, snapshot).build());
    String device = machine.hardware().rootDevice();
    assertEquals(
        "400 OperationNotPermitted",
        ec2.faultOf(
            "DetachVolume", DetachVolumeRequest.builder().volumeId(Ec2.rootOf(machine)).build()));
    assertEquals(
        "400 InvalidParameterValue",
        ec2.faultOf("AttachVolume", Ec2.attaching(volume, machine.id(), device)));
    assertEquals(
        "400 InvalidVolume.ZoneMismatch",
        ec2.faultOf("AttachVolume", Ec2.attaching(volume, elsewhere.id(), "/dev/sdz")));
  }

  @Test
  void snapshotOfATornDisk_doesNotBootThoughTheMachineIsWell() {
    Ec2 ec2 = usual();
    Machine machine = ec2.loner();
    ec2.lab().cloud.faults().restore().snapshotsDoNotBoot(Stratum.of(machine.hardware().os()));
    String snapshot = ec2.snapshotOfRoot(machine);
    Machine other = ec2.instance(m -> isAlone(m) && m.hardware().os() != machine.hardware().os());
    String sound = ec2.snapshotOfRoot(other);
    ec2.lab().cloud.faults().reboot(machine.id());
    ec2.lab().pass(Ec2.SETTLED);
    assertTrue(ec2.lab().cloud.truth().isAlive(machine.id()), "its own disk boots");
    ec2.replaceRoot(machine, snapshot);
    ec2.replaceRoot(other, sound);
    ec2.lab().pass(Duration.ofMinutes(14));
    assertEquals(Machine.Condition.CRASHED, machine.condition());
    assertEquals("No bootable device.", machine.lastWords());
    assertEquals("impaired", ec2.lab().status(machine.id()).instanceStatus().statusAsString());
    assertTrue(ec2.lab().cloud.truth().isAlive(other.id()));
  }

  @Test
  void roots_areRememberedWithTheTimesWhenThereWereNoneOrTwo() {
    Ec2 ec2 = usual();
    Machine machine = ec2.loner();
    String snapshot = ec2.snapshotOfRoot(machine);
    String old = Ec2.rootOf(machine);
    Instant before = ec2.lab().now();
    ec2.stop(machine.id());
    String volume = ec2.create(Ec2.volume(machine, snapshot).build());
    ec2.detach(old);
    Instant gone = ec2.lab().now();
    ec2.lab().pass(Duration.ofMinutes(3));
    ec2.attach(volume, machine);
    Instant back = ec2.lab().now();
    RootTruth roots = ec2.lab().cloud.truth().roots();
    assertEquals(old, roots.rootAt(machine.id(), before).orElseThrow());
    assertEquals(volume, roots.rootAt(machine.id(), back).orElseThrow());
    assertEquals(List.of(new RootTruth.Gap(gone, back)), roots.rootless(machine.id()));
    assertEquals(0, roots.rootsAt(machine.id(), gone));
    assertEquals(1, roots.mostRoots(machine.id()));
    assertTrue(roots.isOfItsLineage(machine.id(), volume));
    assertFalse(roots.isOfItsLineage(ec2.instance(m -> m != machine).id(), volume));
    String second = ec2.create(Ec2.volume(machine, snapshot).build());
    assertNotEquals(volume, second);
    ec2.ask("AttachVolume", Ec2.attaching(second, machine.id(), "/dev/sdz"), SdkPojo.class);
    assertEquals(2, roots.mostRoots(machine.id()), "one of them at a device of its own");
    assertNull(machine.tenures().getLast().until());
  }

  @Test
  void performanceThatATypeDoesNotLetChoose_isRefused() {
    Ec2 ec2 = usual();
    Machine machine = ec2.loner();
    var plain =
        CreateVolumeRequest.builder().availabilityZone(machine.hardware().zone()).size(8).build();
    String refusal = "400 InvalidParameterCombination";
    assertEquals(refusal, ec2.faultOf("CreateVolume", plain.toBuilder().iops(3000).build()));
    var gp2 = plain.toBuilder().volumeType("gp2").build();
    assertEquals(refusal, ec2.faultOf("CreateVolume", gp2.toBuilder().iops(100).build()));
    var io2 = plain.toBuilder().volumeType("io2").iops(3000).build();
    assertEquals(refusal, ec2.faultOf("CreateVolume", io2.toBuilder().throughput(125).build()));
    ec2.ask("CreateVolume", gp2, CreateVolumeResponse.class);
    ec2.ask("CreateVolume", io2, CreateVolumeResponse.class);
  }
}
