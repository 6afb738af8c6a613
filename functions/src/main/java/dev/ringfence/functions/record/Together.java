package dev.ringfence.functions.record;

import dev.ringfence.functions.record.MeteredTable.Written;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactPutItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactUpdateItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactWriteItemsEnhancedRequest;

/** Writes that take place together or not at all. */
final class Together {
  /** What one TransactWriteItems takes. */
  private static final int ITEMS_MAX = 100;

  private final MeteredTable table;
  private final TransactWriteItemsEnhancedRequest.Builder writes =
      TransactWriteItemsEnhancedRequest.builder();
  private int items;
  private int units;

  Together(MeteredTable table) {
    this.table = table;
  }

  boolean isEmpty() {
    return items == 0;
  }

  <R> void put(DynamoDbTable<R> of, R row, Expression condition) {
    writes.addPutItem(
        of,
        TransactPutItemEnhancedRequest.builder(of.tableSchema().itemType().rawClass())
            .item(row)
            .conditionExpression(condition)
            .build());
    count(of, row);
  }

  /** A put whose condition is that of the head beside it. */
  <R> void put(DynamoDbTable<R> of, R row) {
    writes.addPutItem(of, row);
    count(of, row);
  }

  /** Sets the attributes that the table's schema knows, removes those that are null. */
  <R> void update(DynamoDbTable<R> of, R row, Expression condition) {
    writes.addUpdateItem(
        of,
        TransactUpdateItemEnhancedRequest.builder(of.tableSchema().itemType().rawClass())
            .item(row)
            .conditionExpression(condition)
            .build());
    count(of, row);
  }

  /**
   * @param token the same for every sending of these writes, so that an answer that was lost on the
   *     way is given again for ten minutes
   */
  Written write(String token) {
    if (items > ITEMS_MAX) {
      throw new IllegalStateException(
          "%d items in one transaction, which takes %d".formatted(items, ITEMS_MAX));
    }
    return table.transact(writes, token, units);
  }

  private <R> void count(DynamoDbTable<R> of, R row) {
    items++;
    units += ItemSize.unitsInTransaction(of, row);
  }
}
