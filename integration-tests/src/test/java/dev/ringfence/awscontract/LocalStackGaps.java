package dev.ringfence.awscontract;

import java.util.Set;

/**
 * Promises that LocalStack 4.14 does not keep: these are held only on the lab and on real AWS. The
 * list is kept true: a promise on it that is kept after all fails its test, as does one that is not
 * kept and not on it.
 */
final class LocalStackGaps {
  static final Set<String> ONLY_ON_LAB_AND_AWS =
      Set.of(
          "SendCommand: an unknown machine is refused",
          "SendCommand: an unknown document is refused",
          "ListCommandInvocations: tells every machine's end with its step",
          "ListCommandInvocations: of an unknown command are none, or it is refused by name",
          "CancelCommand: is taken note of",
          "CancelCommand: an unknown command is refused",
          "DescribeInstanceInformation: tells an agent's last ping, by id",
          "DescribeInstanceInformation: leaves out what never had an agent",
          "ListCommands: of a document that nobody ran there are none",
          "GetCalendarState: an open calendar says OPEN",
          "GetCalendarState: an unknown calendar is refused",
          "CreateSnapshots: a new snapshot is pending",
          "CreateVolume: one token makes one volume",
          "DetachVolume: a running machine keeps its root",
          "AttachVolume: what is attached is in use",
          "CreateReplaceRootVolumeTask: one token is one task",
          "CreateReplaceRootVolumeTask: a snapshot of another machine's root is refused",
          "DescribeReplaceRootVolumeTasks: a task succeeds in the end, and the root is another one",
          "GetConsoleScreenshot: is a JPEG, or the type of machine has none",
          "DescribeAutoScalingInstances: leaves out what is in no group",
          "EnterStandby: an unknown group is refused",
          "ExitStandby: an unknown group is refused",
          "RunInstances: one token launches one instance");

  /** The services whose data DynamoDB Local keeps, which LocalStack fetches when first asked. */
  private static final Set<String> ON_DYNAMO =
      Set.of("PutItem", "TransactWriteItems", "GetItem", "Query", "UpdateItem", "BatchWriteItem");

  private LocalStackGaps() {}

  static boolean names(Promise promise) {
    return ONLY_ON_LAB_AND_AWS.contains(promise.toString());
  }

  /** Where LocalStack cannot fetch its DynamoDB, that is no answer to the promise. */
  static boolean lacksItsEngine(Promise promise, Verdict verdict) {
    return ON_DYNAMO.contains(promise.operation()) && verdict instanceof Verdict.NotThere;
  }
}
