package dev.ringfence.awscontract;

import static dev.ringfence.awscontract.Promise.changing;
import static dev.ringfence.awscontract.Promise.same;

import dev.ringfence.contract.Tables;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** What the record relies on where it reads and writes many items of one partition. */
final class Table {
  private static final String KEYS = "%s = :partition".formatted(Tables.PARTITION_KEY);

  static final List<Promise> PROMISES =
      List.of(
          changing("Query", "pages come in the order of the sort key", Table::pagesInOrder),
          changing("UpdateItem", "a condition that fails changes nothing", Table::changesNothing),
          changing("BatchWriteItem", "puts and deletes what it is given", Table::putsAndDeletes));

  private Table() {}

  private static AttributeValue partition(Target target, String name) {
    return AttributeValue.fromS(name + "-" + target.run());
  }

  private static Map<String, AttributeValue> key(Target target, String name, String sort) {
    return Map.of(
        Tables.PARTITION_KEY, partition(target, name), Tables.SORT_KEY, AttributeValue.fromS(sort));
  }

  private static void write(Target target, Stream<WriteRequest> requests) {
    List<WriteRequest> all = requests.toList();
    same(
        Map.of(),
        target
            .clients()
            .dynamo()
            .batchWriteItem(r -> r.requestItems(Map.of(target.table(), all)))
            .unprocessedItems());
  }

  private static WriteRequest put(Map<String, AttributeValue> item) {
    return WriteRequest.builder().putRequest(put -> put.item(item)).build();
  }

  private static WriteRequest delete(Map<String, AttributeValue> key) {
    return WriteRequest.builder().deleteRequest(delete -> delete.key(key)).build();
  }

  /** Two at a time; what is left tells where to go on. */
  private static List<String> sorted(Target target, String name) {
    Stream.Builder<String> sorts = Stream.builder();
    Map<String, AttributeValue> from = Map.of();
    do {
      Map<String, AttributeValue> start = from;
      QueryResponse page =
          target
              .clients()
              .dynamo()
              .query(r ->
                  r.tableName(target.table())
                      .keyConditionExpression(KEYS)
                      .expressionAttributeValues(Map.of(":partition", partition(target, name)))
                      .exclusiveStartKey(start.isEmpty() ? null : start)
                      .consistentRead(true)
                      .limit(2));
      page.items().forEach(item -> sorts.add(item.getOrDefault(Tables.SORT_KEY, NONE).s()));
      from = page.lastEvaluatedKey();
    } while (!from.isEmpty());
    return sorts.build().toList();
  }

  private static final AttributeValue NONE = AttributeValue.fromS("");

  private static void pagesInOrder(Target target) {
    List<String> backwards = IntStream.of(5, 4, 3, 2, 1).mapToObj(Integer::toString).toList();
    write(target, backwards.stream().map(sort -> put(key(target, "pages", sort))));
    same(List.of("1", "2", "3", "4", "5"), sorted(target, "pages"));
  }

  private static void putsAndDeletes(Target target) {
    write(target, Stream.of("1", "2").map(sort -> put(key(target, "batch", sort))));
    write(target, Stream.of(delete(key(target, "batch", "1")), put(key(target, "batch", "3"))));
    same(List.of("2", "3"), sorted(target, "batch"));
  }

  private static void changesNothing(Target target) {
    Map<String, AttributeValue> key = key(target, "update", "head");
    write(target, Stream.of(put(key)));
    try {
      target
          .clients()
          .dynamo()
          .updateItem(r ->
              r.tableName(target.table())
                  .key(key)
                  .updateExpression("SET #value = :new")
                  .conditionExpression("#value = :old")
                  .expressionAttributeNames(Map.of("#value", "value"))
                  .expressionAttributeValues(
                      Map.of(
                          ":new", AttributeValue.fromS("new"),
                          ":old", AttributeValue.fromS("old"))));
    } catch (ConditionalCheckFailedException refusal) {
      same(
          key,
          target
              .clients()
              .dynamo()
              .getItem(r -> r.tableName(target.table()).key(key).consistentRead(true))
              .item());
      return;
    }
    throw new AssertionError("it was written");
  }
}
