package dev.ringfence.awscontract;

import static dev.ringfence.awscontract.Promise.changing;
import static dev.ringfence.awscontract.Promise.refused;
import static dev.ringfence.awscontract.Promise.same;
import static dev.ringfence.awscontract.Promise.so;

import java.util.List;
import software.amazon.awssdk.services.ec2.model.ReplaceRootVolumeTask;

/** What the restore relies on in root replacements. */
final class Roots {
  static final List<Promise> PROMISES =
      List.of(
          changing("CreateReplaceRootVolumeTask", "one token is one task", Roots::oneTokenOneTask),
          changing(
              "CreateReplaceRootVolumeTask",
              "a snapshot of another machine's root is refused",
              Roots::foreignSnapshotIsRefused),
          changing(
              "DescribeReplaceRootVolumeTasks",
              "a task succeeds in the end, and the root is another one",
              Roots::succeeds));

  private Roots() {}

  private static ReplaceRootVolumeTask replace(Target target, String machine, String snapshot) {
    return target
        .clients()
        .ec2()
        .createReplaceRootVolumeTask(r ->
            r.instanceId(machine)
                .snapshotId(snapshot)
                .clientToken("root-" + machine + target.run())
                .deleteReplacedRootVolume(false))
        .replaceRootVolumeTask();
  }

  private static void oneTokenOneTask(Target target) {
    String machine = target.machine();
    String snapshot = Disks.complete(target, machine);
    String first = replace(target, machine, snapshot).replaceRootVolumeTaskId();
    same(first, replace(target, machine, snapshot).replaceRootVolumeTaskId());
  }

  private static void foreignSnapshotIsRefused(Target target) {
    String snapshot = Disks.complete(target, target.machine());
    String other = target.machine();
    refused("InvalidParameterValue", () -> replace(target, other, snapshot));
  }

  private static void succeeds(Target target) {
    String machine = target.machine();
    String old = Machines.rootVolume(target, machine);
    Disks.sign(target, old);
    String task =
        replace(target, machine, Disks.complete(target, machine)).replaceRootVolumeTaskId();
    so(target.eventually(() -> state(target, task).equals("succeeded")), task + " never succeeded");
    so(!Machines.rootVolume(target, machine).equals(old), "the root is the old one");
  }

  private static String state(Target target, String task) {
    return target
        .clients()
        .ec2()
        .describeReplaceRootVolumeTasks(r -> r.replaceRootVolumeTaskIds(task))
        .replaceRootVolumeTasks()
        .getFirst()
        .taskStateAsString();
  }
}
