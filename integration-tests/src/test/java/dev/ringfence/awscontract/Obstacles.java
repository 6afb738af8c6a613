package dev.ringfence.awscontract;

import static dev.ringfence.awscontract.Promise.changing;
import static dev.ringfence.awscontract.Promise.reading;
import static dev.ringfence.awscontract.Promise.same;

import java.util.List;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.InstanceAttributeName;

/** What a plan reads of machines before it says which way back they have. */
final class Obstacles {
  /** One that has disks of its own, and one that has none ("Amazon EC2 instance types"). */
  private static final String WITH_DISKS = "m5d.large";

  private static final String WITHOUT_DISKS = "m5.large";

  static final List<Promise> PROMISES =
      List.of(
          changing(
              "DescribeInstanceAttribute",
              "a machine may be stopped unless somebody forbade it",
              target ->
                  same(
                      false,
                      attribute(target, InstanceAttributeName.DISABLE_API_STOP)
                          .disableApiStop()
                          .value())),
          changing(
              "DescribeInstanceAttribute",
              "a machine's own shutdown stops it unless somebody wanted more",
              target ->
                  same(
                      "stop",
                      attribute(target, InstanceAttributeName.INSTANCE_INITIATED_SHUTDOWN_BEHAVIOR)
                          .instanceInitiatedShutdownBehavior()
                          .value())),
          reading(
              "DescribeInstanceTypes",
              "tells which types have instance stores",
              target -> {
                same(List.of(true), stores(target, WITH_DISKS));
                same(List.of(false), stores(target, WITHOUT_DISKS));
              }),
          reading(
              "DescribeInstanceTypes",
              "leaves out a type that does not exist",
              target -> same(List.of(), stores(target, "x0.none"))));

  private Obstacles() {}

  private static DescribeInstanceAttributeResponse attribute(
      Target target, InstanceAttributeName name) {
    String machine = target.machine();
    Ec2Client ec2 = target.clients().ec2();
    return ec2.describeInstanceAttribute(ask -> ask.instanceId(machine).attribute(name));
  }

  private static List<Boolean> stores(Target target, String type) {
    return target
        .clients()
        .ec2()
        .describeInstanceTypes(ask -> ask.filters(Machines.filter("instance-type", type)))
        .instanceTypes()
        .stream()
        .map(found -> found.instanceStorageSupported())
        .toList();
  }
}
