package dev.ringfence.functions.record;

import dev.ringfence.contract.Tables;
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
              draft -> new TextRow(draft.pk(), draft.sk(), draft.text(Tables.BODY)),
              TextRow::pk,
              TextRow::sk)
          .addAttribute(Draft.column(TextRow.class, Tables.BODY, TextRow::body))
          .build();
}
