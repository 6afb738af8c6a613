package dev.ringfence.infra;

import dev.ringfence.contract.CellFunction;
import java.util.List;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/**
 * The policy that makes a person an operator: who has it may invoke the operators' functions, and
 * the dashboard's, which CloudWatch invokes with the rights of whoever looks at it. So whoever sees
 * the widget may also press its buttons. IAM knows no Regions, so the policy's name has its own.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/add_custom_widget_dashboard_about.html">
 *     Custom widgets</a>
 */
final class Operators extends Construct {
  private static final List<CellFunction> THEIRS =
      List.of(
          CellFunction.ROLLOUT_CONSOLE,
          CellFunction.RESTORE_CONSOLE,
          CellFunction.DRILL_CONSOLE,
          CellFunction.WIDGET);

  private final ManagedPolicy policy;

  Operators(Construct scope, String id, Names names) {
    super(scope, id);
    this.policy =
        ManagedPolicy.Builder.create(this, "Policy")
            .managedPolicyName(names.ofRegion("operators"))
            .description("Shows, halts and restores with the cell " + names.cell())
            .statements(List.of(invoke(names), seeTestEvents(names)))
            .build();
  }

  ManagedPolicy policy() {
    return policy;
  }

  /** By the alias and, as the console's own Test tab does, without. */
  private static PolicyStatement invoke(Names names) {
    return Grants.allow(
        THEIRS.stream()
            .flatMap(
                function -> List.of(names.functionArn(function), names.aliasArn(function)).stream())
            .toList(),
        List.of("lambda:InvokeFunction"));
  }

  private static PolicyStatement seeTestEvents(Names names) {
    return Grants.allow(
        List.of(
            names.arnWithSlash("schemas", "registry", Console.REGISTRY),
            names.arnWithSlash(
                "schemas",
                "schema",
                Console.REGISTRY + "/" + Console.schemaName(names, CellFunction.ROLLOUT_CONSOLE)),
            names.arnWithSlash(
                "schemas",
                "schema",
                Console.REGISTRY + "/" + Console.schemaName(names, CellFunction.RESTORE_CONSOLE)),
            names.arnWithSlash(
                "schemas",
                "schema",
                Console.REGISTRY + "/" + Console.schemaName(names, CellFunction.DRILL_CONSOLE))),
        List.of(
            "schemas:DescribeRegistry", "schemas:DescribeSchema", "schemas:ListSchemaVersions"));
  }
}
