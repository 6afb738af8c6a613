package dev.ringfence.infra;

import dev.ringfence.contract.ClockDefinition;
import dev.ringfence.contract.Tables;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.stepfunctions.DefinitionBody;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.amazon.awscdk.services.stepfunctions.StateMachineType;
import software.constructs.Construct;

/**
 * The table that holds every operation, and the clock that beats for them.
 *
 * <p>Clock and beat functions need each other's ARNs (the functions start restores' clocks, and the
 * clock starts itself anew), which CloudFormation calls a circular dependency when both are
 * references. So their names follow from the stack's, and ARNs are put together from names.
 */
public final class RingfenceStack extends Stack {

  public RingfenceStack(Construct scope, String id) {
    super(scope, id);
    table();
    clock();
  }

  private void table() {
    Table.Builder.create(this, "Operations")
        .partitionKey(text(Tables.PARTITION_KEY))
        .sortKey(text(Tables.SORT_KEY))
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .pointInTimeRecoverySpecification(
            PointInTimeRecoverySpecification.builder().pointInTimeRecoveryEnabled(true).build())
        // The journal outlives the stack: it says who decided what, and when.
        .removalPolicy(RemovalPolicy.RETAIN)
        .deletionProtection(true)
        .build();
  }

  private static Attribute text(String name) {
    return Attribute.builder().name(name).type(AttributeType.STRING).build();
  }

  private void clock() {
    String name = getStackName() + "-clock";
    String rolloutBeat = function("rollout-beat");
    String restoreBeat = function("restore-beat");
    StateMachine clock =
        StateMachine.Builder.create(this, "Clock")
            .stateMachineName(name)
            .stateMachineType(StateMachineType.STANDARD)
            .definitionBody(DefinitionBody.fromString(ClockDefinition.text()))
            .definitionSubstitutions(
                Map.of(
                    ClockDefinition.ROLLOUT_BEAT, rolloutBeat,
                    ClockDefinition.RESTORE_BEAT, restoreBeat))
            .build();
    clock.addToRolePolicy(allow("lambda:InvokeFunction", List.of(rolloutBeat, restoreBeat)));
    clock.addToRolePolicy(
        allow("states:StartExecution", List.of(arn("states", "stateMachine", name))));
  }

  private String function(String name) {
    return arn("lambda", "function", getStackName() + "-" + name);
  }

  private String arn(String service, String resource, String name) {
    return formatArn(
        ArnComponents.builder()
            .service(service)
            .resource(resource)
            .resourceName(name)
            .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
            .build());
  }

  private static PolicyStatement allow(String action, List<String> resources) {
    return PolicyStatement.Builder.create().actions(List.of(action)).resources(resources).build();
  }
}
