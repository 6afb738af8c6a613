package dev.ringfence.functions.record;

import dev.ringfence.contract.Tables;
import dev.ringfence.operation.Request.Wish;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The conditions that writes are made under. */
final class Conditions {
  private Conditions() {}

  /** Nothing has this key yet. */
  static Expression absent() {
    return Expression.builder()
        .expression("attribute_not_exists(#pk)")
        .putExpressionName("#pk", Tables.PARTITION_KEY)
        .build();
  }

  static Expression versionIs(long version) {
    return Expression.builder()
        .expression("#version = :version")
        .putExpressionName("#version", HeadRow.VERSION)
        .putExpressionValue(":version", AttributeValue.fromN(Long.toString(version)))
        .build();
  }

  /** Nobody holds it, or this one does. */
  static Expression heldByNobodyBut(String holder) {
    return heldByNobodyBut(holder, null);
  }

  /**
   * Nobody holds it, or this one does, or the other one that is allowed.
   *
   * @param other null for none
   */
  static Expression heldByNobodyBut(String holder, @Nullable String other) {
    Expression.Builder condition =
        Expression.builder()
            .expression("attribute_not_exists(#holder) OR #holder = :holder")
            .putExpressionName("#holder", LaneRow.HOLDER)
            .putExpressionValue(":holder", AttributeValue.fromS(holder));
    return other == null
        ? condition.build()
        : condition
            .expression("attribute_not_exists(#holder) OR #holder IN (:holder, :other)")
            .putExpressionValue(":other", AttributeValue.fromS(other))
            .build();
  }

  static Expression newestIs(@Nullable String version) {
    Expression.Builder condition =
        Expression.builder().putExpressionName("#newest", LaneRow.NEWEST);
    return version == null
        ? condition.expression("attribute_not_exists(#newest)").build()
        : condition
            .expression("#newest = :newest")
            .putExpressionValue(":newest", AttributeValue.fromS(version))
            .build();
  }

  /** Nothing is noted yet, or something older. */
  static Expression olderThan(String at) {
    return Expression.builder()
        .expression("attribute_not_exists(#at) OR #at < :at")
        .putExpressionName("#at", ProofRow.AT)
        .putExpressionValue(":at", AttributeValue.fromS(at))
        .build();
  }

  /** The operation is there, goes on, and nothing as grave is asked of it. */
  static Expression mayBeAsked(List<Wish> milder) {
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":no", AttributeValue.fromBool(false));
    List<String> places = new ArrayList<>();
    for (Wish wish : milder) {
      places.add(":milder" + places.size());
      values.put(places.getLast(), AttributeValue.fromS(wish.name()));
    }
    String free = "attribute_not_exists(#wish)";
    if (!places.isEmpty()) {
      free = "(" + free + " OR #wish IN (" + String.join(", ", places) + "))";
    }
    // An item that is not there has no attribute to be equal, so this also asks for its existence.
    return Expression.builder()
        .expression("#ended = :no AND " + free)
        .putExpressionName("#ended", HeadRow.ENDED)
        .putExpressionName("#wish", RequestColumns.WISH)
        .expressionValues(values)
        .build();
  }
}
