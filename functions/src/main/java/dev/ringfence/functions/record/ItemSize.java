package dev.ringfence.functions.record;

import java.util.Map;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What a write in a transaction costs, reckoned from its item as the Developer Guide does it
 * ("DynamoDB item sizes and formats"): the engine for one's own machine reports a transaction as if
 * it had one item.
 */
final class ItemSize {
  private static final int UNIT_BYTES = 1024;

  /** A transaction writes each item twice: to prepare it and to commit it. */
  private static final int UNITS_IN_TRANSACTION = 2;

  /** Numbers take a byte for two digits and one more. */
  private static final int DIGITS_PER_BYTE = 2;

  /** What a list costs besides its elements, and each element besides its content. */
  private static final int LIST_BYTES = 3;

  private ItemSize() {}

  /**
   * Write units of one item in a transaction; an update that leaves attributes alone costs them.
   */
  static <R> int unitsInTransaction(DynamoDbTable<R> table, R row) {
    int bytes = 0;
    for (Map.Entry<String, AttributeValue> attribute :
        table.tableSchema().itemToMap(row, true).entrySet()) {
      bytes += Limits.bytes(attribute.getKey()) + bytes(attribute.getValue());
    }
    return UNITS_IN_TRANSACTION * Math.ceilDiv(bytes, UNIT_BYTES);
  }

  private static int bytes(AttributeValue value) {
    return switch (value.type()) {
      case S -> Limits.bytes(value.s());
      case N -> Math.ceilDiv(value.n().length(), DIGITS_PER_BYTE) + 1;
      case B -> value.b().asByteArrayUnsafe().length;
      case L -> LIST_BYTES + value.l().stream().mapToInt(element -> 1 + bytes(element)).sum();
      case BOOL, NUL -> 1;
      case M, SS, NS, BS, UNKNOWN_TO_SDK_VERSION ->
          throw new IllegalStateException("no row has an attribute of type " + value.type());
    };
  }
}
