package dev.ringfence.functions.record;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.enhanced.dynamodb.EnhancedType;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/**
 * Up to 50 machines of an operation.
 *
 * @param sk names the write that added it
 * @param since the version of the commit that wrote this content
 * @param body gzipped JSON
 */
record PartRow(String pk, String sk, int number, long since, SdkBytes body) {
  private static final Class<PartRow> ROW = PartRow.class;

  static final TableSchema<PartRow> SCHEMA =
      Draft.schema(ROW, PartRow::read, PartRow::pk, PartRow::sk)
          .addAttribute(
              Draft.column(ROW, "number", EnhancedType.of(Integer.class), PartRow::number))
          .addAttribute(Draft.column(ROW, "since", EnhancedType.of(Long.class), PartRow::since))
          .addAttribute(Draft.column(ROW, "body", EnhancedType.of(SdkBytes.class), PartRow::body))
          .build();

  private static PartRow read(Draft draft) {
    return new PartRow(
        draft.pk(),
        draft.sk(),
        draft.need("number", Integer.class),
        draft.need("since", Long.class),
        draft.need("body", SdkBytes.class));
  }
}
