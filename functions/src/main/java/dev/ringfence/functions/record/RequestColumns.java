package dev.ringfence.functions.record;

import dev.ringfence.operation.Request;
import dev.ringfence.operation.Request.Wish;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.mapper.ImmutableAttribute;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticImmutableTableSchema;

/** What somebody asks of an operation, as attributes of its head: a condition can see the wish. */
final class RequestColumns {
  static final String WISH = "wish";
  private static final String ASKER = "asker";
  private static final String WHY = "why";
  private static final String ASKED = "asked";

  private RequestColumns() {}

  /** Adds the four attributes, all of them absent while nothing is asked. */
  static <R> StaticImmutableTableSchema.Builder<R, Draft> add(
      StaticImmutableTableSchema.Builder<R, Draft> schema,
      Class<R> row,
      Function<R, @Nullable Request> request) {
    return schema
        .addAttribute(column(row, WISH, request, asked -> asked.wish().name()))
        .addAttribute(column(row, ASKER, request, Request::by))
        .addAttribute(column(row, WHY, request, Request::evidence))
        .addAttribute(column(row, ASKED, request, asked -> asked.at().toString()));
  }

  static @Nullable Request read(Draft draft) {
    String wish = draft.text(WISH);
    return wish == null
        ? null
        : new Request(
            Wish.valueOf(wish),
            draft.need(ASKER, String.class),
            draft.need(WHY, String.class),
            Instant.parse(draft.need(ASKED, String.class)));
  }

  private static <R> ImmutableAttribute<R, Draft, String> column(
      Class<R> row,
      String name,
      Function<R, @Nullable Request> request,
      Function<Request, String> text) {
    return Draft.column(
        row,
        name,
        r -> {
          Request standing = request.apply(r);
          return standing == null ? null : text.apply(standing);
        });
  }
}
