package dev.ringfence.infra;

import dev.ringfence.contract.Tables;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.StreamViewType;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.dynamodb.TableEncryption;
import software.constructs.Construct;

/**
 * The table that holds every operation, journal and policy. It outlives the stack: it says who
 * decided what, and when. AWS's own key encrypts it, which needs no permission of ours and leaves a
 * trail in CloudTrail.
 */
final class OperationsTable extends Construct {
  private final Table table;

  OperationsTable(Construct scope, String id) {
    super(scope, id);
    this.table =
        Table.Builder.create(this, "Table")
            .partitionKey(text(Tables.PARTITION_KEY))
            .sortKey(text(Tables.SORT_KEY))
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .pointInTimeRecoverySpecification(
                PointInTimeRecoverySpecification.builder().pointInTimeRecoveryEnabled(true).build())
            .encryption(TableEncryption.AWS_MANAGED)
            // What changed is told on the bus, and for that both sides of a change are needed.
            .stream(StreamViewType.NEW_AND_OLD_IMAGES)
            .removalPolicy(RemovalPolicy.RETAIN)
            .deletionProtection(true)
            .build();
  }

  Table table() {
    return table;
  }

  private static Attribute text(String name) {
    return Attribute.builder().name(name).type(AttributeType.STRING).build();
  }
}
