package dev.ringfence.infra;

import dev.ringfence.contract.CellFunction;
import java.util.List;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.lambda.EventSourceMapping;
import software.amazon.awscdk.services.lambda.StartingPosition;
import software.constructs.Construct;

/**
 * Brings the changes of the table to the function that tells what of them is news. Its own grants
 * are written out: the library's would also list every stream of the account.
 */
final class News extends Construct {
  /** A change is small and news is awaited; more at once would only be told later. */
  private static final int BATCH = 100;

  News(Construct scope, String id, Functions functions, Table table) {
    super(scope, id);
    Lambda teller = functions.get(CellFunction.TABLE_CHANGED);
    String stream = String.valueOf(table.getTableStreamArn());
    teller.may(
        Grants.allow(
            List.of(stream),
            List.of(
                "dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator")));
    EventSourceMapping.Builder.create(this, "Changes")
        .target(teller.alias())
        .eventSourceArn(stream)
        .startingPosition(StartingPosition.TRIM_HORIZON)
        .batchSize(BATCH)
        // From the first record that could not be told on, all come again: in order, and twice.
        .reportBatchItemFailures(true)
        .build()
        .getNode()
        .addDependency(teller.role());
  }
}
