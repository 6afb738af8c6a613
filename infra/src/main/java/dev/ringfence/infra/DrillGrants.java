package dev.ringfence.infra;

import dev.ringfence.contract.Tags;
import dev.ringfence.policy.Drills;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * What rehearsing a restore needs. A clone is launched into the subnets and groups that policies
 * name and nowhere else; all that is made carries the drill tag from its first moment, and nothing
 * without it can be stopped, opened or removed.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ExamplePolicies_EC2.html">
 *     Example policies to control access to the Amazon EC2 API</a>
 */
record DrillGrants(Grants grants) {
  private static final List<String> RUN = List.of("ec2:RunInstances");

  private static final List<String> SEND = List.of("ssm:SendCommand");

  /** Snapshot, clone, exchange of its root, evidence. */
  List<PolicyStatement> rehearse() {
    SwapGrants swap = new SwapGrants(grants);
    List<PolicyStatement> statements = new ArrayList<>();
    statements.addAll(grants.takeSnapshots());
    statements.addAll(launch());
    statements.add(drilled(List.of(grants.instances()), SwapGrants.ON_MACHINES));
    statements.add(
        drilled(
            List.of(grants.volumes()),
            "ec2:AttachVolume",
            "ec2:DetachVolume",
            "ec2:ModifyInstanceAttribute"));
    statements.addAll(swap.newRoot(Tags.DRILL));
    // The clone's old root bears the drill tag since its launch; the exchange says what it was.
    statements.add(drilled(List.of(grants.volumes()), "ec2:CreateTags"));
    statements.add(swap.keepEvidence());
    statements.addAll(grants.useVolumeKeys());
    return statements;
  }

  /** Clones that have a profile are asked what they run; no machine is. */
  List<PolicyStatement> readVersions() {
    if (grants.drills().stream().allMatch(drills -> drills.instanceProfile() == null)) {
      return List.of();
    }
    PolicyStatement clones = Grants.allow(List.of(grants.instances()), SEND);
    clones.addCondition("Null", Map.of("ssm:resourceTag/" + Tags.DRILL, "false"));
    return List.of(
        Grants.anywhere(Unscoped.LIST_COMMANDS, Unscoped.LIST_COMMAND_INVOCATIONS),
        Grants.allow(grants.documents(), SEND),
        clones);
  }

  /** All that a drill made, whoever finds it. */
  List<PolicyStatement> removeClones() {
    return List.of(
        drilled(List.of(grants.instances()), "ec2:TerminateInstances"),
        drilled(List.of(grants.volumes()), "ec2:DeleteVolume"),
        drilled(List.of(grants.snapshots()), "ec2:DeleteSnapshot"));
  }

  private List<PolicyStatement> launch() {
    if (grants.drills().isEmpty()) {
      return List.of();
    }
    Names names = grants.names();
    List<String> made =
        List.of(
            grants.instances(),
            names.arnWithSlash("ec2", "network-interface", "*"),
            grants.volumes());
    TreeSet<String> into = new TreeSet<>();
    for (Drills drills : grants.drills()) {
      drills.subnets().forEach(one -> into.add(names.arnWithSlash("ec2", "subnet", one)));
      into.add(names.arnWithSlash("ec2", "security-group", drills.securityGroup()));
    }
    into.add(names.arnOfNoAccount("ec2", "image", "*"));
    List<PolicyStatement> statements = new ArrayList<>();
    statements.add(Grants.tagged(Tags.DRILL, Grants.allow(made, RUN)));
    statements.add(Grants.allow(List.copyOf(into), RUN));
    statements.add(Grants.tagging("RunInstances", made));
    statements.addAll(passRoles(names));
    return statements;
  }

  /** Only those roles that are called like an instance profile of a policy, and only to EC2. */
  private List<PolicyStatement> passRoles(Names names) {
    List<String> roles =
        grants.drills().stream()
            .map(Drills::instanceProfile)
            .filter(Objects::nonNull)
            .distinct()
            .map(names::roleArn)
            .toList();
    if (roles.isEmpty()) {
      return List.of();
    }
    PolicyStatement statement = Grants.allow(roles, List.of("iam:PassRole"));
    statement.addCondition("StringEquals", Map.of("iam:PassedToService", "ec2.amazonaws.com"));
    return List.of(statement);
  }

  private static PolicyStatement drilled(List<String> resources, String... actions) {
    PolicyStatement statement = Grants.allow(resources, Stream.of(actions).toList());
    statement.addCondition("Null", Map.of(Grants.RESOURCE_TAG + Tags.DRILL, "false"));
    return statement;
  }
}
