package dev.ringfence.functions.record;

import dev.ringfence.operation.Consent;
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
  private static final String AGREED = "agreed";

  /** What a person agrees to, one word after the other; an attribute must not be empty. */
  private static final String REPLACEMENT = "replacement";

  private static final String EXCHANGE = " exchange";
  private static final String OLDER = " older";

  private RequestColumns() {}

  /** Adds the five attributes, all of them absent while nothing is asked. */
  static <R> StaticImmutableTableSchema.Builder<R, Draft> add(
      StaticImmutableTableSchema.Builder<R, Draft> schema,
      Class<R> row,
      Function<R, @Nullable Request> request) {
    return schema
        .addAttribute(column(row, WISH, request, asked -> asked.wish().name()))
        .addAttribute(column(row, ASKER, request, Request::by))
        .addAttribute(column(row, WHY, request, Request::evidence))
        .addAttribute(column(row, ASKED, request, asked -> asked.at().toString()))
        .addAttribute(column(row, AGREED, request, asked -> text(asked.agreed())));
  }

  static @Nullable Request read(Draft draft) {
    String wish = draft.text(WISH);
    return wish == null
        ? null
        : new Request(
            Wish.valueOf(wish),
            draft.need(ASKER, String.class),
            draft.need(WHY, String.class),
            Instant.parse(draft.need(ASKED, String.class)),
            consent(draft.text(AGREED)));
  }

  private static @Nullable String text(@Nullable Consent agreed) {
    return agreed == null
        ? null
        : REPLACEMENT + (agreed.exchange() ? EXCHANGE : "") + (agreed.older() ? OLDER : "");
  }

  private static @Nullable Consent consent(@Nullable String agreed) {
    return agreed == null ? null : new Consent(agreed.contains(EXCHANGE), agreed.contains(OLDER));
  }

  private static <R> ImmutableAttribute<R, Draft, String> column(
      Class<R> row,
      String name,
      Function<R, @Nullable Request> request,
      Function<Request, @Nullable String> text) {
    return Draft.column(
        row,
        name,
        r -> {
          Request standing = request.apply(r);
          return standing == null ? null : text.apply(standing);
        });
  }
}
