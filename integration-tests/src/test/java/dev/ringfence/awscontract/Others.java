package dev.ringfence.awscontract;

import static dev.ringfence.awscontract.Promise.changing;
import static dev.ringfence.awscontract.Promise.reading;
import static dev.ringfence.awscontract.Promise.refused;
import static dev.ringfence.awscontract.Promise.same;
import static dev.ringfence.awscontract.Promise.so;

import dev.ringfence.contract.Tables;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** What halts rely on in alarms, beats in Step Functions, and the record in DynamoDB. */
final class Others {
  private static final String ABSENT = "attribute_not_exists(" + Tables.PARTITION_KEY + ")";

  static final List<Promise> PROMISES =
      List.of(
          changing("DescribeAlarms", "tells an alarm's state by its name", Others::tellsTheState),
          reading(
              "DescribeAlarms",
              "leaves out names that it does not know",
              target -> same(List.of(), alarms(target, "no-such-alarm").metricAlarms())),
          changing(
              "StartExecution",
              "the same name and input is the same execution",
              Others::startsOnce),
          changing(
              "StartExecution",
              "the same name with another input is refused",
              Others::otherInputIsRefused),
          changing(
              "PutItem",
              "a condition that fails tells the item that was in its way",
              Others::failedConditionTellsTheItem),
          changing(
              "TransactWriteItems",
              "is all or nothing and tells which condition failed",
              Others::allOrNothing),
          changing("GetItem", "a consistent read sees the last write", Others::readsItsWrites));

  private Others() {}

  private static DescribeAlarmsResponse alarms(Target target, String name) {
    return target
        .clients()
        .cloudWatch()
        .describeAlarms(r ->
            r.alarmNames(name)
                .alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM)
                .maxRecords(100));
  }

  private static void tellsTheState(Target target) {
    String state = alarms(target, target.alarm()).metricAlarms().getFirst().stateValueAsString();
    so(List.of("OK", "ALARM", "INSUFFICIENT_DATA").contains(state), "its state is " + state);
  }

  private static String start(Target target, String name, String input) {
    String machine = target.slowClock();
    return target
        .clients()
        .stepFunctions()
        .startExecution(r -> r.stateMachineArn(machine).name(name).input(input))
        .executionArn();
  }

  private static void startsOnce(Target target) {
    String once = "once-" + target.run();
    same(start(target, once, "{\"beats\":0}"), start(target, once, "{\"beats\":0}"));
  }

  private static void otherInputIsRefused(Target target) {
    String other = "other-" + target.run();
    start(target, other, "{\"beats\":0}");
    refused("ExecutionAlreadyExists", () -> start(target, other, "{\"beats\":1}"));
  }

  private static Map<String, AttributeValue> item(Target target, String key, String value) {
    return Map.of(
        Tables.PARTITION_KEY,
        AttributeValue.fromS(key + "-" + target.run()),
        Tables.SORT_KEY,
        AttributeValue.fromS("head"),
        "value",
        AttributeValue.fromS(value));
  }

  private static void put(Target target, String key, String value) {
    target
        .clients()
        .dynamo()
        .putItem(r ->
            r.tableName(target.table())
                .item(item(target, key, value))
                .conditionExpression(ABSENT)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
  }

  private static void failedConditionTellsTheItem(Target target) {
    put(target, "conditional", "first");
    try {
      put(target, "conditional", "second");
    } catch (ConditionalCheckFailedException refusal) {
      same(item(target, "conditional", "first"), refusal.item());
      return;
    }
    throw new AssertionError("the second was written");
  }

  private static void allOrNothing(Target target) {
    put(target, "taken", "first");
    try {
      target
          .clients()
          .dynamo()
          .transactWriteItems(r -> r.transactItems(write(target, "free"), write(target, "taken")));
    } catch (TransactionCanceledException refusal) {
      same(
          List.of("None", "ConditionalCheckFailed"),
          refusal.cancellationReasons().stream().map(CancellationReason::code).toList());
      same(Map.of(), read(target, "free"));
      return;
    }
    throw new AssertionError("it was written");
  }

  private static TransactWriteItem write(Target target, String key) {
    Put put =
        Put.builder()
            .tableName(target.table())
            .item(item(target, key, "second"))
            .conditionExpression(ABSENT)
            .build();
    return TransactWriteItem.builder().put(put).build();
  }

  private static Map<String, AttributeValue> read(Target target, String key) {
    Map<String, AttributeValue> where =
        Map.of(
            Tables.PARTITION_KEY, AttributeValue.fromS(key + "-" + target.run()),
            Tables.SORT_KEY, AttributeValue.fromS("head"));
    return target
        .clients()
        .dynamo()
        .getItem(r -> r.tableName(target.table()).key(where).consistentRead(true))
        .item();
  }

  private static void readsItsWrites(Target target) {
    put(target, "read", "written");
    same(item(target, "read", "written"), read(target, "read"));
  }
}
