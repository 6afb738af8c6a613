package dev.ringfence.infra;

import dev.ringfence.contract.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.customresources.AwsCustomResource;
import software.amazon.awscdk.customresources.AwsCustomResourcePolicy;
import software.amazon.awscdk.customresources.AwsSdkCall;
import software.amazon.awscdk.customresources.PhysicalResourceId;
import software.amazon.awscdk.services.dynamodb.ITable;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * Puts the products' policies into the table when the stack is deployed, and takes out those that
 * it no longer has: from then on releases of such a product are refused.
 *
 * <p>A policy was checked at synth by the code that reads it later, so all that is left to do is
 * one DynamoDB transaction, which CDK's own resource makes without a line of ours running at deploy
 * time. A function of ours would have to speak CloudFormation's protocol to write the same items.
 */
final class Policies extends Construct {
  private static final String FUNCTION = "policies";

  Policies(Construct scope, String id, Names names, ITable table, RingfenceProps props) {
    super(scope, id);
    LogGroup logs =
        LogGroup.Builder.create(this, "Logs")
            .logGroupName("/aws/lambda/" + names.of(FUNCTION))
            .retention(props.logRetention())
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    Role role =
        Role.Builder.create(this, "Role")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .description(names.of(FUNCTION) + ": puts policies into the table when deployed")
            .build();
    role.addToPolicy(
        Grants.allow(
            List.of(logs.getLogGroupArn()), List.of("logs:CreateLogStream", "logs:PutLogEvents")));
    for (ProductPolicy each : props.policies()) {
      put(names, table, each, logs, role);
    }
    Suppressions.onPolicies(
        this, "AwsSolutions-IAM5", "A log group's ARN ends in :* for the streams in it.");
  }

  private void put(Names names, ITable table, ProductPolicy policy, LogGroup logs, Role role) {
    String product = policy.policy().product();
    AwsSdkCall put =
        transaction(product, "Put", "Item", table, List.of(listed(product), item(policy)));
    AwsSdkCall delete =
        transaction(product, "Delete", "Key", table, List.of(listed(product), key(product)));
    AwsCustomResource.Builder.create(this, product)
        .resourceType("Custom::RingfencePolicy")
        .functionName(names.of(FUNCTION))
        .onCreate(put)
        .onUpdate(put)
        .onDelete(delete)
        .policy(AwsCustomResourcePolicy.fromStatements(List.of(only(product, table))))
        .role(role)
        .logGroup(logs)
        .installLatestAwsSdk(false)
        .build();
  }

  /** Nothing but this product's policy and its line in the list of products. */
  private static PolicyStatement only(String product, ITable table) {
    PolicyStatement statement =
        Grants.allow(
            List.of(table.getTableArn()), List.of("dynamodb:DeleteItem", "dynamodb:PutItem"));
    statement.addCondition(
        "ForAllValues:StringEquals",
        Map.of("dynamodb:LeadingKeys", List.of(Tables.product(product), Tables.PRODUCTS)));
    return statement;
  }

  private static AwsSdkCall transaction(
      String product, String verb, String what, ITable table, List<Map<String, Object>> items) {
    List<Object> parts = new ArrayList<>();
    for (Map<String, Object> item : items) {
      parts.add(Map.of(verb, Map.of("TableName", table.getTableName(), what, item)));
    }
    return AwsSdkCall.builder()
        .service("DynamoDB")
        .action("transactWriteItems")
        .parameters(Map.of("TransactItems", parts))
        .physicalResourceId(PhysicalResourceId.of("policy-of-" + product))
        .build();
  }

  private static Map<String, Object> item(ProductPolicy policy) {
    String product = policy.policy().product();
    return Map.of(
        Tables.PARTITION_KEY, text(Tables.product(product)),
        Tables.SORT_KEY, text(Tables.POLICY),
        Tables.BODY, text(policy.json()));
  }

  private static Map<String, Object> key(String product) {
    return Map.of(
        Tables.PARTITION_KEY, text(Tables.product(product)),
        Tables.SORT_KEY, text(Tables.POLICY));
  }

  private static Map<String, Object> listed(String product) {
    return Map.of(Tables.PARTITION_KEY, text(Tables.PRODUCTS), Tables.SORT_KEY, text(product));
  }

  private static Map<String, String> text(String value) {
    return Map.of("S", value);
  }
}
