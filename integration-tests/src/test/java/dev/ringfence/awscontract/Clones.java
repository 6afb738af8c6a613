package dev.ringfence.awscontract;

import static dev.ringfence.awscontract.Promise.changing;
import static dev.ringfence.awscontract.Promise.refused;
import static dev.ringfence.awscontract.Promise.same;
import static dev.ringfence.awscontract.Promise.so;

import java.util.List;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** What drills rely on when they launch a clone and when they clean up after it. */
final class Clones {
  static final List<Promise> PROMISES =
      List.of(
          changing("RunInstances", "one token launches one instance", Clones::oneTokenOneClone),
          changing("TerminateInstances", "a clone is gone in the end", Clones::goes),
          changing(
              "TerminateInstances",
              "an unknown id is refused",
              target ->
                  refused(
                      "InvalidInstanceID.NotFound",
                      () ->
                          target
                              .clients()
                              .ec2()
                              .terminateInstances(r -> r.instanceIds("i-0123456789abcdef0")))),
          changing("DeleteVolume", "what is attached stays", Clones::attachedStays),
          changing(
              "DeleteVolume",
              "an unknown volume is refused",
              target ->
                  refused(
                      "InvalidVolume.NotFound",
                      () ->
                          target
                              .clients()
                              .ec2()
                              .deleteVolume(r -> r.volumeId("vol-0123456789abcdef0")))),
          changing("DeleteVolume", "a free volume is gone in the end", Clones::volumeGoes),
          changing(
              "DeleteSnapshot",
              "an unknown snapshot is refused",
              target ->
                  refused(
                      "InvalidSnapshot.NotFound", () -> delete(target, "snap-0123456789abcdef0"))),
          changing("DeleteSnapshot", "a snapshot is gone in the end", Clones::snapshotGoes));

  private Clones() {}

  /** From the image and of the type of a machine, beside it, and to be found and ended. */
  private static String clone(Target target, Instance of, String token) {
    TagSpecification made =
        TagSpecification.builder()
            .resourceType(ResourceType.INSTANCE)
            .tags(Tag.builder().key(Disks.MADE).value("yes").build())
            .build();
    return target
        .clients()
        .ec2()
        .runInstances(r ->
            r.imageId(of.imageId())
                .instanceType(of.instanceType())
                .subnetId(of.subnetId())
                .minCount(1)
                .maxCount(1)
                .clientToken(token + target.run())
                .tagSpecifications(made))
        .instances()
        .getFirst()
        .instanceId();
  }

  private static void oneTokenOneClone(Target target) {
    String machine = target.machine();
    Instance of = Machines.instance(target, machine);
    String first = clone(target, of, "clone-" + machine);
    String second = clone(target, of, "clone-" + machine);
    terminate(target, List.of(first, second));
    same(first, second);
  }

  private static void goes(Target target) {
    String machine = target.machine();
    String clone = clone(target, Machines.instance(target, machine), "gone-" + machine);
    terminate(target, List.of(clone));
    so(
        target.eventually(() -> Machines.state(target, clone).equals("terminated")),
        clone + " is never terminated");
  }

  private static void terminate(Target target, List<String> clones) {
    target.clients().ec2().terminateInstances(r -> r.instanceIds(clones));
  }

  private static void attachedStays(Target target) {
    String root = Machines.rootVolume(target, target.machine());
    refused("VolumeInUse", () -> target.clients().ec2().deleteVolume(r -> r.volumeId(root)));
  }

  private static void volumeGoes(Target target) {
    String volume = Disks.fresh(target, target.machine());
    target.clients().ec2().deleteVolume(r -> r.volumeId(volume));
    so(
        target.eventually(() -> Hands.volumes(target, "volume-id", volume).isEmpty()),
        volume + " is never gone");
  }

  private static Object delete(Target target, String snapshot) {
    return target.clients().ec2().deleteSnapshot(r -> r.snapshotId(snapshot));
  }

  private static void snapshotGoes(Target target) {
    String snapshot = Disks.complete(target, target.machine());
    delete(target, snapshot);
    so(
        target.eventually(() ->
            target
                .clients()
                .ec2()
                .describeSnapshots(
                    r -> r.ownerIds("self").filters(Machines.filter("snapshot-id", snapshot)))
                .snapshots()
                .isEmpty()),
        snapshot + " is never gone");
  }
}
