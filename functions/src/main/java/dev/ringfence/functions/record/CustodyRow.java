package dev.ringfence.functions.record;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/**
 * Who holds a machine, or who restored it from one release without a person.
 *
 * @param holder an operation; null on a machine that was given back
 */
record CustodyRow(String pk, String sk, @Nullable String holder) {
  static final TableSchema<CustodyRow> SCHEMA =
      Draft.schema(
              CustodyRow.class,
              draft -> new CustodyRow(draft.pk(), draft.sk(), draft.text(LaneRow.HOLDER)),
              CustodyRow::pk,
              CustodyRow::sk)
          .addAttribute(Draft.column(CustodyRow.class, LaneRow.HOLDER, CustodyRow::holder))
          .build();
}
