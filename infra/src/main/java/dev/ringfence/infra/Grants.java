package dev.ringfence.infra;

import dev.ringfence.contract.CellEvents;
import dev.ringfence.contract.Tags;
import dev.ringfence.policy.Drills;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * The statements that roles are made of, each as narrow as IAM can say it.
 *
 * @param table the table's ARN
 * @param products what the policies are for
 * @param fleets the tags by which each policy selects its machines
 * @param drills how the policies that want drills drill
 * @param volumeKeys ARNs of the customer managed keys that volumes of the fleet are encrypted with
 * @param evidence the evidence bucket's ARN
 * @param atRest whether a policy wants restore points that are more than crash-consistent
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html">
 *     Actions, resources, and condition keys for Amazon EC2</a>
 */
record Grants(
    Names names,
    String table,
    List<String> products,
    List<Map<String, List<String>>> fleets,
    List<Drills> drills,
    List<String> volumeKeys,
    String evidence,
    boolean atRest) {
  /** The tag that carries an effect's key; everything that a cell makes has it. */
  static final String KEY_TAG = "ringfence:key";

  /** Before the name of a tag that a resource carries. */
  static final String RESOURCE_TAG = "aws:ResourceTag/";

  String instances() {
    return names.arnWithSlash("ec2", "instance", "*");
  }

  String volumes() {
    return names.arnWithSlash("ec2", "volume", "*");
  }

  String snapshots() {
    return names.arnOfNoAccount("ec2", "snapshot", "*");
  }

  PolicyStatement table(String... actions) {
    return allow(List.of(table), prefixed("dynamodb:", actions));
  }

  /** Only for actions that {@link Unscoped} knows. */
  static PolicyStatement anywhere(Unscoped... actions) {
    return allow(List.of("*"), Arrays.stream(actions).map(Unscoped::action).toList());
  }

  PolicyStatement startClock() {
    return allow(List.of(names.clockArn()), List.of("states:StartExecution"));
  }

  /** Only under the cell's own name: it could otherwise publish releases to itself. */
  PolicyStatement speakOnBus() {
    PolicyStatement statement =
        allow(
            List.of(names.arnWithSlash("events", "event-bus", names.of("bus"))),
            List.of("events:PutEvents"));
    statement.addCondition("StringEquals", Map.of("events:source", CellEvents.SOURCE));
    return statement;
  }

  /** What a stop of a machine would meet; alone of EC2's Describe actions it binds to machines. */
  List<PolicyStatement> readStops() {
    return onFleets(List.of(instances()), RESOURCE_TAG, "ec2:DescribeInstanceAttribute");
  }

  /** Tags of hybrid nodes; those of instances come with the instances. */
  PolicyStatement readHybridTags() {
    return allow(
        List.of(names.arnWithSlash("ssm", "managed-instance", "*")),
        List.of("ssm:ListTagsForResource"));
  }

  /** A Change Calendar is a document of Systems Manager. */
  PolicyStatement readCalendars() {
    return allow(
        List.of(names.arnWithSlash("ssm", "document", "*")), List.of("ssm:GetCalendarState"));
  }

  /** Those of this account and of AWS. */
  List<String> documents() {
    return List.of(
        names.arnWithSlash("ssm", "document", "*"),
        names.arnOfNoAccount("ssm", "document", "AWS-*"));
  }

  /**
   * Commands to the machines that a policy selects and to no others, by documents of this account
   * or of AWS. Which document a release names is the manifest's affair: it is frozen with its hash
   * and signed.
   */
  List<PolicyStatement> sendCommands() {
    List<PolicyStatement> statements = new ArrayList<>();
    statements.add(allow(documents(), List.of("ssm:SendCommand")));
    List<String> machines =
        List.of(instances(), names.arnWithSlash("ssm", "managed-instance", "*"));
    statements.addAll(onFleets(machines, "ssm:resourceTag/", "ssm:SendCommand"));
    return statements;
  }

  /** Snapshots of the machines that a policy selects, and only tagged ones. */
  List<PolicyStatement> takeSnapshots() {
    List<String> snapshots = List.of(snapshots());
    List<PolicyStatement> statements = new ArrayList<>();
    statements.addAll(onFleets(List.of(instances()), RESOURCE_TAG, "ec2:CreateSnapshots"));
    statements.add(allow(List.of(volumes()), List.of("ec2:CreateSnapshots")));
    statements.add(tagged(KEY_TAG, allow(snapshots, List.of("ec2:CreateSnapshots"))));
    statements.add(tagging("CreateSnapshots", snapshots));
    return statements;
  }

  /**
   * What brings machines to rest for their snapshots beyond AWS's document for shell scripts: that
   * of its VSS solution, and one tag more on snapshots of ours, which says what was achieved.
   */
  List<PolicyStatement> bringToRest() {
    if (!atRest) {
      return List.of();
    }
    PolicyStatement mark = allow(List.of(snapshots()), List.of("ec2:CreateTags"));
    mark.addCondition("Null", Map.of(RESOURCE_TAG + KEY_TAG, "false"));
    mark.addCondition(
        "ForAllValues:StringEquals", Map.of("aws:TagKeys", List.of(Tags.CONSISTENCY)));
    String shadows = names.arnOfNoAccount("ssm", "document", "AWSEC2-VssInstallAndSnapshot");
    return List.of(allow(List.of(shadows), List.of("ssm:SendCommand")), mark);
  }

  /** Another root for the machines that a policy selects, and nothing else about them. */
  List<PolicyStatement> replaceRoots() {
    List<String> tasks = List.of(names.arnWithSlash("ec2", "replace-root-volume-task", "*"));
    List<PolicyStatement> statements = new ArrayList<>();
    statements.addAll(
        onFleets(List.of(instances()), RESOURCE_TAG, "ec2:CreateReplaceRootVolumeTask"));
    statements.add(
        allow(List.of(volumes(), snapshots()), List.of("ec2:CreateReplaceRootVolumeTask")));
    statements.add(tagged(KEY_TAG, allow(tasks, List.of("ec2:CreateReplaceRootVolumeTask"))));
    statements.add(tagging("CreateReplaceRootVolumeTask", tasks));
    return statements;
  }

  /**
   * What EC2 needs from its caller to make an encrypted volume: a grant that only an AWS service
   * may use, and the data key, both through EC2 alone.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html">
   *     Requirements for Amazon EBS encryption</a>
   */
  List<PolicyStatement> useVolumeKeys() {
    if (volumeKeys.isEmpty()) {
      return List.of();
    }
    Map<String, Object> throughEc2 =
        Map.of("kms:ViaService", "ec2." + names.stack().getRegion() + ".amazonaws.com");
    PolicyStatement grant = allow(volumeKeys, List.of("kms:CreateGrant"));
    grant.addCondition("Bool", Map.of("kms:GrantIsForAWSResource", "true"));
    grant.addCondition("StringEquals", throughEc2);
    PolicyStatement use =
        allow(
            volumeKeys,
            List.of(
                "kms:Decrypt",
                "kms:DescribeKey",
                "kms:GenerateDataKeyWithoutPlaintext",
                "kms:ReEncryptFrom",
                "kms:ReEncryptTo"));
    use.addCondition("StringEquals", throughEc2);
    return List.of(grant, use);
  }

  /** One statement a fleet, since a machine must have all tags of one selector. */
  List<PolicyStatement> onFleets(List<String> resources, String key, String... actions) {
    return fleets.stream()
        .map(tags -> {
          PolicyStatement statement = allow(resources, List.of(actions));
          tags.forEach((tag, values) ->
              statement.addCondition("StringEquals", Map.of(key + tag, literally(values))));
          return statement;
        })
        .toList();
  }

  /** IAM would read {@code ${…}} in a condition's value as a variable. */
  private static List<String> literally(List<String> values) {
    return values.stream().map(value -> value.replace("${", "${$}{")).toList();
  }

  /** What is made must carry a tag: the one that says which effect made it, or that of drills. */
  static PolicyStatement tagged(String tag, PolicyStatement creating) {
    creating.addCondition("Null", Map.of("aws:RequestTag/" + tag, "false"));
    return creating;
  }

  /** Tags on what the same request makes, never on what is there already. */
  static PolicyStatement tagging(String operation, List<String> resources) {
    PolicyStatement statement = allow(resources, List.of("ec2:CreateTags"));
    statement.addCondition("StringEquals", Map.of("ec2:CreateAction", operation));
    return statement;
  }

  private static List<String> prefixed(String prefix, String... actions) {
    return Arrays.stream(actions).map(prefix::concat).toList();
  }

  static PolicyStatement allow(List<String> resources, List<String> actions) {
    return PolicyStatement.Builder.create().actions(actions).resources(resources).build();
  }
}
