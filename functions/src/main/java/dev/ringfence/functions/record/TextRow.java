package dev.ringfence.functions.record;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/**
 * An item whose content is one text: journal entries or a policy.
 *
 * @param body null for an alarm's watcher, whose key says all
 */
record TextRow(String pk, String sk, @Nullable String body) {
  static final TableSchema<TextRow> SCHEMA =
      Draft.schema(
              TextRow.class,
              draft -> new TextRow(draft.pk(), draft.sk(), draft.text("body")),
              TextRow::pk,
              TextRow::sk)
          .addAttribute(Draft.column(TextRow.class, "body", TextRow::body))
          .build();
}
