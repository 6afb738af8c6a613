package dev.ringfence.awscontract;

import static dev.ringfence.awscontract.Promise.changing;
import static dev.ringfence.awscontract.Promise.reading;
import static dev.ringfence.awscontract.Promise.refused;
import static dev.ringfence.awscontract.Promise.same;
import static dev.ringfence.awscontract.Promise.so;

import java.util.List;
import software.amazon.awssdk.services.ec2.model.CreateVolumeResponse;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.SnapshotInfo;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.Volume;

/** What the way back relies on in snapshots and volumes. */
final class Disks {
  private static final String KEY = "ringfence:key";

  static final List<Promise> PROMISES =
      List.of(
          changing(
              "CreateSnapshots",
              "takes one of every volume and tags each with the effect's key",
              Disks::takesTheWholeSet),
          changing(
              "CreateSnapshots",
              "an unknown instance is refused",
              target ->
                  refused("InvalidInstanceID.NotFound", () -> take(target, "i-0123456789abcdef0"))),
          changing("CreateSnapshots", "a new snapshot is pending", Disks::newSnapshotIsPending),
          changing(
              "DescribeSnapshots",
              "a snapshot is completed in the end",
              target -> complete(target, target.machine())),
          reading(
              "DescribeSnapshots",
              "a filter that matches nothing is an empty page, no error",
              target -> same(List.of(), tagged(target, "no-such-key"))),
          changing("CreateVolume", "one token makes one volume", Disks::oneTokenOneVolume),
          changing(
              "CreateVolume",
              "an unknown snapshot is refused",
              target ->
                  refused(
                      "InvalidSnapshot.NotFound",
                      () ->
                          volume(
                              target,
                              "snap-0123456789abcdef0",
                              zone(target, target.machine()),
                              "unknown"))),
          changing("DetachVolume", "a running machine keeps its root", Disks::runningKeepsItsRoot),
          changing("AttachVolume", "what is attached is in use", Disks::attachedIsInUse),
          changing(
              "AttachVolume",
              "a stopped machine's root can be swapped and it starts",
              Disks::swapsTheRoot));

  /** The tag of whatever was made here, so that it can be found and deleted. */
  static final String MADE = "ringfence:contract-made";

  private Disks() {}

  private static TagSpecification signed() {
    return TagSpecification.builder()
        .resourceType(ResourceType.VOLUME)
        .tags(Tag.builder().key(MADE).value("yes").build())
        .build();
  }

  /** A root that a promise takes from its machine is nobody's any more. */
  static void sign(Target target, String volume) {
    target
        .clients()
        .ec2()
        .createTags(r -> r.resources(volume).tags(Tag.builder().key(MADE).value("yes").build()));
  }

  private static String value(Target target, String machine) {
    return "of-" + machine + "-" + target.run();
  }

  static List<SnapshotInfo> take(Target target, String machine) {
    TagSpecification tags =
        TagSpecification.builder()
            .resourceType(ResourceType.SNAPSHOT)
            .tags(
                Tag.builder().key(KEY).value(value(target, machine)).build(),
                Tag.builder().key(MADE).value("yes").build())
            .build();
    return target
        .clients()
        .ec2()
        .createSnapshots(
            r -> r.instanceSpecification(s -> s.instanceId(machine)).tagSpecifications(tags))
        .snapshots();
  }

  private static List<Snapshot> tagged(Target target, String value) {
    return target
        .clients()
        .ec2()
        .describeSnapshots(r -> r.ownerIds("self").filters(Machines.filter("tag:" + KEY, value)))
        .snapshots();
  }

  private static void takesTheWholeSet(Target target) {
    String machine = target.machine();
    int disks = Machines.instance(target, machine).blockDeviceMappings().size();
    List<SnapshotInfo> set = take(target, machine);
    same(disks, set.size());
    so(
        set.stream().anyMatch(one -> one.volumeId().equals(Machines.rootVolume(target, machine))),
        "the root is not in the set");
    List<Snapshot> listed = tagged(target, value(target, machine));
    same(
        set.stream().map(SnapshotInfo::snapshotId).sorted().toList(),
        listed.stream().map(Snapshot::snapshotId).sorted().toList());
  }

  private static void newSnapshotIsPending(Target target) {
    same("pending", String.valueOf(take(target, target.machine()).getFirst().stateAsString()));
  }

  /** The root's snapshot, completed. */
  static String complete(Target target, String machine) {
    String root = Machines.rootVolume(target, machine);
    String id =
        take(target, machine).stream()
            .filter(one -> one.volumeId().equals(root))
            .findFirst()
            .orElseThrow(() -> new AssertionError("the root is not in the set"))
            .snapshotId();
    so(
        target.eventually(() ->
            tagged(target, value(target, machine)).stream()
                .allMatch(one -> one.stateAsString().equals("completed"))),
        id + " never completed");
    return id;
  }

  private static String zone(Target target, String machine) {
    return Machines.instance(target, machine).placement().availabilityZone();
  }

  private static CreateVolumeResponse volume(
      Target target, String snapshot, String zone, String token) {
    return target
        .clients()
        .ec2()
        .createVolume(r ->
            r.snapshotId(snapshot)
                .availabilityZone(zone)
                .clientToken(token + target.run())
                .tagSpecifications(signed()));
  }

  private static void oneTokenOneVolume(Target target) {
    String machine = target.machine();
    String snapshot = complete(target, machine);
    String token = "token-" + machine;
    String first = volume(target, snapshot, zone(target, machine), token).volumeId();
    same(first, volume(target, snapshot, zone(target, machine), token).volumeId());
  }

  private static Volume read(Target target, String id) {
    return target.clients().ec2().describeVolumes(r -> r.volumeIds(id)).volumes().getFirst();
  }

  /** A volume of the root's snapshot, that nothing uses. */
  static String fresh(Target target, String machine) {
    String snapshot = complete(target, machine);
    String id = volume(target, snapshot, zone(target, machine), "fresh-" + machine).volumeId();
    so(
        target.eventually(() -> read(target, id).stateAsString().equals("available")),
        id + " never became available");
    return id;
  }

  private static void runningKeepsItsRoot(Target target) {
    String root = Machines.rootVolume(target, target.machine());
    refused(
        "OperationNotPermitted", () -> target.clients().ec2().detachVolume(r -> r.volumeId(root)));
  }

  private static void attachedIsInUse(Target target) {
    String machine = target.machine();
    String root = Machines.rootVolume(target, machine);
    refused(
        "VolumeInUse",
        () ->
            target
                .clients()
                .ec2()
                .attachVolume(r -> r.volumeId(root).instanceId(machine).device("/dev/sdx")));
  }

  private static void swapsTheRoot(Target target) {
    String machine = target.machine();
    String fresh = fresh(target, machine);
    String old = Machines.rootVolume(target, machine);
    sign(target, old);
    String device = Machines.instance(target, machine).rootDeviceName();
    Machines.stop(target, machine);
    target.clients().ec2().detachVolume(r -> r.volumeId(old).instanceId(machine));
    so(
        target.eventually(() -> read(target, old).stateAsString().equals("available")),
        old + " was never set free");
    target.clients().ec2().attachVolume(r -> r.volumeId(fresh).instanceId(machine).device(device));
    same(fresh, Machines.rootVolume(target, machine));
    Machines.starts(target, machine);
  }
}
