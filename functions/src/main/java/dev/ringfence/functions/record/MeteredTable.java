package dev.ringfence.functions.record;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.extensions.AtomicCounterExtension;
import software.amazon.awssdk.enhanced.dynamodb.model.BatchWriteResult;
import software.amazon.awssdk.enhanced.dynamodb.model.Page;
import software.amazon.awssdk.enhanced.dynamodb.model.PutItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactWriteItemsEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.UpdateItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.WriteBatch;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * The few calls to DynamoDB that the store makes, each metered and each with its limits. Throttles
 * are retried by the SDK; what it gives up on is thrown as it comes.
 */
final class MeteredTable {
  /** What one BatchWriteItem takes. */
  private static final int BATCH_MAX = 25;

  /**
   * How often a batch is sent before what DynamoDB left unprocessed is an error. With the pauses
   * below that is 6 s of throttling, and a beat has better things to do than to wait longer.
   */
  static final int BATCH_TRIES = 8;

  /** Doubles with every try, as the Developer Guide advises for unprocessed items. */
  static final Duration FIRST_PAUSE = Duration.ofMillis(50);

  private static final ReturnConsumedCapacity METERED = ReturnConsumedCapacity.TOTAL;

  /** What became of a conditional write. */
  enum Written {
    DONE,
    /** Its condition does not hold. */
    REFUSED,
    /** A transaction that is under way holds the item; neither has been decided. */
    CONTESTED
  }

  private final DynamoDbEnhancedClient client;
  private final String name;
  private final Pause pause;
  private final Units units;

  MeteredTable(DynamoDbClient client, String name, Pause pause, Units units) {
    this.client =
        DynamoDbEnhancedClient.builder()
            .dynamoDbClient(client)
            .extensions(AtomicCounterExtension.builder().build())
            .build();
    this.name = name;
    this.pause = pause;
    this.units = units;
  }

  <R> DynamoDbTable<R> of(TableSchema<R> schema) {
    return client.table(name, schema);
  }

  /** One item, strongly consistent. */
  <R> Optional<R> get(DynamoDbTable<R> table, String pk, String sk) {
    var answer =
        table.getItemWithResponse(
            get -> get.key(key(pk, sk)).consistentRead(true).returnConsumedCapacity(METERED));
    units.read(answer.consumedCapacity());
    return Optional.ofNullable(answer.attributes());
  }

  /** Every item of a partition whose sort key begins with the prefix, over all pages. */
  <R> List<R> query(DynamoDbTable<R> table, String pk, String prefix, Reading reading) {
    QueryConditional which =
        prefix.isEmpty()
            ? QueryConditional.keyEqualTo(key -> key.partitionValue(pk))
            : QueryConditional.sortBeginsWith(key -> key.partitionValue(pk).sortValue(prefix));
    List<R> found = new ArrayList<>();
    for (Page<R> page :
        table.query(query ->
            query
                .queryConditional(which)
                .consistentRead(reading.consistent())
                .scanIndexForward(reading.ascending())
                .returnConsumedCapacity(METERED))) {
      units.read(page.consumedCapacity());
      found.addAll(page.items());
    }
    return found;
  }

  /** How a partition is read: eventual reads cost half and may miss the last second. */
  enum Reading {
    CONSISTENT,
    EVENTUAL,
    EVENTUAL_DESCENDING;

    private boolean consistent() {
      return this == CONSISTENT;
    }

    private boolean ascending() {
      return this != EVENTUAL_DESCENDING;
    }
  }

  /**
   * @param condition null for an item that the last writer may always win
   */
  <R> Written put(DynamoDbTable<R> table, R row, @Nullable Expression condition) {
    try {
      var answer =
          table.putItemWithResponse(
              PutItemEnhancedRequest.builder(table.tableSchema().itemType().rawClass())
                  .item(row)
                  .conditionExpression(condition)
                  .returnConsumedCapacity(METERED)
                  .build());
      units.wrote(answer.consumedCapacity());
      return Written.DONE;
    } catch (ConditionalCheckFailedException e) {
      return refused(Written.REFUSED);
    } catch (TransactionConflictException e) {
      return refused(Written.CONTESTED);
    }
  }

  /** Sets the attributes that the table's schema knows, removes those that are null. */
  <R> Written update(DynamoDbTable<R> table, R row, Expression condition) {
    try {
      var answer =
          table.updateItemWithResponse(
              UpdateItemEnhancedRequest.builder(table.tableSchema().itemType().rawClass())
                  .item(row)
                  .conditionExpression(condition)
                  .returnValues(ReturnValue.NONE)
                  .returnConsumedCapacity(METERED)
                  .build());
      units.wrote(answer.consumedCapacity());
      return Written.DONE;
    } catch (ConditionalCheckFailedException e) {
      return refused(Written.REFUSED);
    } catch (TransactionConflictException e) {
      return refused(Written.CONTESTED);
    }
  }

  /**
   * @param least what the writes cost at the least
   */
  Written transact(TransactWriteItemsEnhancedRequest.Builder writes, String token, int least) {
    try {
      var answer =
          client.transactWriteItemsWithResponse(
              writes.clientRequestToken(token).returnConsumedCapacity(METERED).build());
      units.wrote(answer.consumedCapacity(), least);
      return Written.DONE;
    } catch (TransactionCanceledException e) {
      List<String> reasons =
          e.cancellationReasons().stream().map(CancellationReason::code).toList();
      if (reasons.contains("ConditionalCheckFailed")) {
        return refused(Written.REFUSED);
      }
      if (reasons.contains("TransactionConflict")) {
        return refused(Written.CONTESTED);
      }
      throw e;
    }
  }

  /** Puts without a condition: only for items whose key nobody else can write, or says it all. */
  <R> void putAll(DynamoDbTable<R> table, List<R> rows) {
    Class<R> type = table.tableSchema().itemType().rawClass();
    for (int start = 0; start < rows.size(); start += BATCH_MAX) {
      List<R> left = rows.subList(start, Math.min(rows.size(), start + BATCH_MAX));
      Duration wait = FIRST_PAUSE;
      for (int tried = 1; !left.isEmpty(); tried++) {
        WriteBatch.Builder<R> batch = WriteBatch.builder(type).mappedTableResource(table);
        left.forEach(batch::addPutItem);
        left = write(batch.build()).unprocessedPutItemsForTable(table);
        wait = waitForRoom(left.size(), tried, wait);
      }
    }
  }

  /** Deletes items by key; one that is not there is no error. */
  <R> void deleteAll(DynamoDbTable<R> table, List<Key> keys) {
    Class<R> type = table.tableSchema().itemType().rawClass();
    for (int start = 0; start < keys.size(); start += BATCH_MAX) {
      List<Key> left = keys.subList(start, Math.min(keys.size(), start + BATCH_MAX));
      Duration wait = FIRST_PAUSE;
      for (int tried = 1; !left.isEmpty(); tried++) {
        WriteBatch.Builder<R> batch = WriteBatch.builder(type).mappedTableResource(table);
        left.forEach(batch::addDeleteItem);
        left = write(batch.build()).unprocessedDeleteItemsForTable(table);
        wait = waitForRoom(left.size(), tried, wait);
      }
    }
  }

  static Key key(String pk, String sk) {
    return Key.builder().partitionValue(pk).sortValue(sk).build();
  }

  void pause(Duration length) {
    pause.take(length);
  }

  private BatchWriteResult write(WriteBatch batch) {
    BatchWriteResult answer =
        client.batchWriteItem(
            request -> request.addWriteBatch(batch).returnConsumedCapacity(METERED));
    units.wrote(answer.consumedCapacity(), 0);
    return answer;
  }

  private Duration waitForRoom(int left, int tried, Duration wait) {
    if (left == 0) {
      return wait;
    }
    if (tried == BATCH_TRIES) {
      throw new IllegalStateException(
          "DynamoDB left %d items unprocessed after %d tries".formatted(left, tried));
    }
    pause.take(wait);
    return wait.multipliedBy(2);
  }

  private Written refused(Written how) {
    units.refused();
    return how;
  }
}
