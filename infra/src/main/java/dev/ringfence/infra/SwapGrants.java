package dev.ringfence.infra;

import dev.ringfence.contract.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * What the exchange of a root from outside needs: evidence first, then stop, detach, attach, start.
 * Each call names a machine, so the machine's tags bind it, also where volumes are not bound: a
 * call needs to be allowed on everything that it names.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html">
 *     Actions, resources, and condition keys for Amazon EC2</a>
 */
record SwapGrants(Grants grants) {
  /** What is done to the machine itself. */
  static final String[] ON_MACHINES = {
    "ec2:AttachVolume",
    "ec2:DetachVolume",
    "ec2:GetConsoleOutput",
    "ec2:GetConsoleScreenshot",
    "ec2:ModifyInstanceAttribute",
    "ec2:StartInstances",
    "ec2:StopInstances"
  };

  /**
   * What is written on a root that was replaced; never the drill tag, by which things go at once.
   */
  private static final List<String> ON_OLD_ROOTS =
      List.of(Tags.EXPIRES, Tags.MACHINE, Tags.OPERATION, Tags.RELEASE);

  /** Of the machines that a policy selects. */
  List<PolicyStatement> ofFleets() {
    List<PolicyStatement> statements = new ArrayList<>();
    statements.addAll(
        grants.onFleets(List.of(grants.instances()), Grants.RESOURCE_TAG, ON_MACHINES));
    statements.add(
        Grants.allow(
            List.of(grants.volumes()),
            List.of("ec2:AttachVolume", "ec2:DetachVolume", "ec2:ModifyInstanceAttribute")));
    statements.addAll(newRoot(Grants.KEY_TAG));
    statements.add(tagOldRoot());
    statements.add(standby());
    statements.add(keepEvidence());
    return statements;
  }

  /** A volume from a snapshot, tagged from its first moment. */
  List<PolicyStatement> newRoot(String tag) {
    return List.of(
        Grants.tagged(tag, Grants.allow(List.of(grants.volumes()), List.of("ec2:CreateVolume"))),
        Grants.allow(List.of(grants.snapshots()), List.of("ec2:CreateVolume")),
        Grants.tagging("CreateVolume", List.of(grants.volumes())));
  }

  /** The old root was made by somebody else and bears whatever tags: only these are put on it. */
  private PolicyStatement tagOldRoot() {
    PolicyStatement statement = Grants.allow(List.of(grants.volumes()), List.of("ec2:CreateTags"));
    statement.addCondition("ForAllValues:StringEquals", Map.of("aws:TagKeys", ON_OLD_ROOTS));
    statement.addCondition("Null", Map.of("aws:TagKeys", "false"));
    return statement;
  }

  /** A group need not carry the tags of its members, so any group of this account and Region. */
  private PolicyStatement standby() {
    return Grants.allow(
        List.of(grants.names().arn("autoscaling", "autoScalingGroup", "*:autoScalingGroupName/*")),
        List.of("autoscaling:EnterStandby", "autoscaling:ExitStandby"));
  }

  PolicyStatement keepEvidence() {
    return Grants.allow(List.of(grants.evidence() + "/*"), List.of("s3:PutObject"));
  }
}
