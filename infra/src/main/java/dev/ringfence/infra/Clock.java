package dev.ringfence.infra;

import dev.ringfence.contract.CellFunction;
import dev.ringfence.contract.ClockDefinition;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.stepfunctions.DefinitionBody;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.amazon.awscdk.services.stepfunctions.StateMachineType;
import software.constructs.Construct;

/** The state machine that beats for every operation, from the definition that the lab runs. */
final class Clock extends Construct {
  /** The functions that it calls, by the placeholders of its definition. */
  static final Map<String, CellFunction> BEATS =
      Map.of(
          ClockDefinition.ROLLOUT_BEAT, CellFunction.ROLLOUT_BEAT,
          ClockDefinition.RESTORE_BEAT, CellFunction.RESTORE_BEAT,
          ClockDefinition.DRILL_BEAT, CellFunction.DRILL_BEAT);

  private final StateMachine machine;

  Clock(Construct scope, String id, Names names, boolean tracing) {
    super(scope, id);
    Map<String, String> functions = new TreeMap<>();
    BEATS.forEach((placeholder, beat) -> functions.put(placeholder, names.aliasArn(beat)));
    this.machine =
        StateMachine.Builder.create(this, "Machine")
            .stateMachineName(names.clock())
            .stateMachineType(StateMachineType.STANDARD)
            .definitionBody(DefinitionBody.fromString(ClockDefinition.text()))
            .definitionSubstitutions(functions)
            .tracingEnabled(tracing)
            .build();
    machine.addToRolePolicy(allow("lambda:InvokeFunction", List.copyOf(functions.values())));
    machine.addToRolePolicy(allow("states:StartExecution", List.of(names.clockArn())));
    Suppressions.on(
        machine,
        "AwsSolutions-SF1",
        "Each execution's own history holds every event for 90 days, and the journal what was"
            + " decided; a copy in CloudWatch Logs would cost more than the beats.");
    if (!tracing) {
      Suppressions.on(
          machine, "AwsSolutions-SF2", "X-Ray is off until the stack's one switch turns it on.");
    }
  }

  StateMachine machine() {
    return machine;
  }

  private static PolicyStatement allow(String action, List<String> resources) {
    return PolicyStatement.Builder.create().actions(List.of(action)).resources(resources).build();
  }
}
