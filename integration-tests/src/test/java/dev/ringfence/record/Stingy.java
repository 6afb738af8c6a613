package dev.ringfence.record;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** A table that processes only so many items of each batch, as a throttled one does. */
final class Stingy implements ExecutionInterceptor {
  private final int most;
  private final AtomicReference<Map<String, List<WriteRequest>>> left =
      new AtomicReference<>(Map.of());

  /**
   * @param most items of one batch; with 0 it says so of every item
   */
  Stingy(int most) {
    this.most = most;
  }

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    if (!(context.request() instanceof BatchWriteItemRequest batch)) {
      return context.request();
    }
    Map.Entry<String, List<WriteRequest>> only = batch.requestItems().entrySet().iterator().next();
    List<WriteRequest> all = only.getValue();
    int done = Math.min(Math.max(most, 1), all.size());
    List<WriteRequest> rest = all.subList(most == 0 ? 0 : done, all.size());
    left.set(rest.isEmpty() ? Map.of() : Map.of(only.getKey(), List.copyOf(rest)));
    return batch.toBuilder().requestItems(Map.of(only.getKey(), all.subList(0, done))).build();
  }

  @Override
  public SdkResponse modifyResponse(
      Context.ModifyResponse context, ExecutionAttributes attributes) {
    return context.response() instanceof BatchWriteItemResponse answer
        ? answer.toBuilder().unprocessedItems(left.get()).build()
        : context.response();
  }
}
