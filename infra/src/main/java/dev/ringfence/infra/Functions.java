package dev.ringfence.infra;

import dev.ringfence.contract.CellFunction;
import dev.ringfence.contract.Variables;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/** Every function of the cell, each with its own role and its own duties. */
final class Functions extends Construct {
  private final Map<CellFunction, Lambda> functions = new EnumMap<>(CellFunction.class);

  Functions(
      Construct scope,
      String id,
      RingfenceProps props,
      Grants grants,
      OperationsTable table,
      EvidenceBucket evidence) {
    super(scope, id);
    Names names = grants.names();
    Map<String, String> environment =
        Map.of(
            Variables.CELL, names.cell(),
            Variables.TABLE, table.table().getTableName(),
            Variables.CLOCK, names.clockArn(),
            Variables.BUS, names.of("bus"),
            Variables.EVIDENCE, evidence.bucket().getBucketName());
    for (CellFunction function : CellFunction.values()) {
      Lambda lambda = new Lambda(this, names, function, props, environment);
      for (PolicyStatement duty : Duties.of(function, grants)) {
        lambda.may(duty);
      }
      functions.put(function, lambda);
      Suppressions.onPolicies(
          lambda,
          "AwsSolutions-IAM5",
          "Wildcards are those of Unscoped, each with AWS's reason, or stand for names that EC2,"
              + " Systems Manager and CloudWatch Logs give, under conditions on tags.");
    }
  }

  Lambda get(CellFunction function) {
    Lambda lambda = functions.get(function);
    if (lambda == null) {
      throw new IllegalStateException("no such function is deployed: " + function);
    }
    return lambda;
  }

  /** The roles under which the cell speaks on its bus. */
  List<String> roleArns() {
    return functions.values().stream().map(lambda -> lambda.role().getRoleArn()).toList();
  }

  Map<CellFunction, Lambda> all() {
    return functions;
  }
}
