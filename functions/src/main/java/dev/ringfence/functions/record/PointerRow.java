package dev.ringfence.functions.record;

import java.time.Instant;
import software.amazon.awssdk.enhanced.dynamodb.EnhancedType;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/** A machine was part of an operation. */
record PointerRow(String machine, String operation, int part, Instant at) {
  private static final Class<PointerRow> ROW = PointerRow.class;

  static final TableSchema<PointerRow> SCHEMA =
      Draft.schema(
              ROW,
              PointerRow::read,
              row -> Keys.machine(row.machine()),
              row -> Keys.pointer(row.at(), row.operation()))
          .addAttribute(Draft.column(ROW, "machine", PointerRow::machine))
          .addAttribute(Draft.column(ROW, "operation", PointerRow::operation))
          .addAttribute(Draft.column(ROW, "part", EnhancedType.of(Integer.class), PointerRow::part))
          .addAttribute(Draft.column(ROW, "at", row -> row.at().toString()))
          .build();

  private static PointerRow read(Draft draft) {
    return new PointerRow(
        draft.need("machine", String.class),
        draft.need("operation", String.class),
        draft.need("part", Integer.class),
        Instant.parse(draft.need("at", String.class)));
  }
}
