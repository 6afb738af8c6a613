package dev.ringfence.functions.wiring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of DynamoDB as one operation needs that nobody else works on: items are kept and found by
 * their keys. Every condition holds, because every condition would.
 */
final class RehearsalTable {
  private static final JsonMapper JSON = new JsonMapper();

  /** One assignment of an update expression; what it removes may stay. */
  private static final Pattern SET = Pattern.compile("(#\\w+) = (:\\w+)");

  /** A query names its partition, and what its sort keys begin with. */
  private static final Pattern PARTITION = Pattern.compile("= (:\\w+)");

  private static final Pattern BEGINNING = Pattern.compile("begins_with.+(:\\w+)");

  /** By partition key and sort key, in DynamoDB's JSON. */
  private final Map<String, ObjectNode> items = new TreeMap<>();

  byte[] answer(String operation, String body) throws IOException {
    JsonNode request = JSON.readTree(body);
    ObjectNode answer = JSON.createObjectNode();
    switch (operation) {
      case "PutItem" -> put(request);
      case "UpdateItem" -> update(request);
      case "TransactWriteItems" -> {
        request.path("TransactItems").forEach(write -> put(write.path("Put")));
        request.path("TransactItems").forEach(write -> update(write.path("Update")));
      }
      case "BatchWriteItem" ->
          request
              .path("RequestItems")
              .forEach(table -> table.forEach(write -> put(write.path("PutRequest"))));
      case "GetItem" -> {
        ObjectNode item = items.get(key(request.path("Key")));
        if (item != null) {
          answer.set("Item", item);
        }
      }
      case "Query" -> query(request, answer);
      default -> throw new IOException("no rehearsal needs " + operation);
    }
    charge(operation, answer);
    return JSON.writeValueAsBytes(answer);
  }

  /** Only a single item's charge is told as one; the others tell one for each table. */
  private static void charge(String operation, ObjectNode answer) {
    boolean several = operation.startsWith("Transact") || operation.startsWith("Batch");
    ObjectNode charged =
        several
            ? answer.putArray("ConsumedCapacity").addObject()
            : answer.putObject("ConsumedCapacity");
    charged.put("TableName", "rehearsal").put("CapacityUnits", 1.0);
  }

  private void put(JsonNode put) {
    if (put.path("Item") instanceof ObjectNode item) {
      items.put(key(item), item);
    }
  }

  private void update(JsonNode update) {
    if (!(update.path("Key") instanceof ObjectNode key)) {
      return;
    }
    ObjectNode item = items.computeIfAbsent(key(key), absent -> key.deepCopy());
    Matcher set = SET.matcher(update.path("UpdateExpression").asText());
    while (set.find()) {
      String name = update.path("ExpressionAttributeNames").path(set.group(1)).asText();
      item.set(name, update.path("ExpressionAttributeValues").path(set.group(2)));
    }
  }

  private void query(JsonNode request, ObjectNode answer) {
    String condition = request.path("KeyConditionExpression").asText();
    JsonNode values = request.path("ExpressionAttributeValues");
    String wanted =
        value(PARTITION, condition, values) + "\n" + value(BEGINNING, condition, values);
    ArrayNode found = answer.putArray("Items");
    items.forEach((key, item) -> {
      if (key.startsWith(wanted)) {
        found.add(item);
      }
    });
    answer.put("Count", found.size());
  }

  private static String value(Pattern where, String condition, JsonNode values) {
    Matcher name = where.matcher(condition);
    return name.find() ? values.path(name.group(1)).path("S").asText() : "";
  }

  private static String key(JsonNode item) {
    return item.path("pk").path("S").asText() + "\n" + item.path("sk").path("S").asText();
  }
}
