package dev.ringfence.functions.record;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.enhanced.dynamodb.EnhancedType;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/**
 * Up to 50 machines of an operation: all that is known of them, or how they differ from that.
 *
 * <p>A part is written some eight times in a rollout, in a transaction, where each KB costs two
 * units. What takes its room are ids that no packing makes smaller: of 50 machines, their volumes
 * and their snapshots, 2.8 KB, six units each time. Nearly all of it is the same each time. So a
 * whole part, the <em>base</em>, is written once, ahead of the commit and plainly, and never
 * changed; the commit writes a second item, the <em>delta</em>, deflated with the base's JSON as
 * its dictionary: 100 to 200 bytes, two units. A delta that has outgrown that, as when every
 * machine gained its restore point, gets a base of its own and the base before it is deleted.
 *
 * @param sk names the write that added it
 * @param since the version of the commit that wrote this content
 * @param base the sort key of the item that the body is a delta against; null for a whole part
 * @param body packed JSON; see {@link Packed}
 */
record PartRow(String pk, String sk, int number, long since, @Nullable String base, SdkBytes body) {
  private static final Class<PartRow> ROW = PartRow.class;

  static final TableSchema<PartRow> SCHEMA =
      Draft.schema(ROW, PartRow::read, PartRow::pk, PartRow::sk)
          .addAttribute(
              Draft.column(ROW, "number", EnhancedType.of(Integer.class), PartRow::number))
          .addAttribute(Draft.column(ROW, "since", EnhancedType.of(Long.class), PartRow::since))
          .addAttribute(Draft.column(ROW, "base", PartRow::base))
          .addAttribute(Draft.column(ROW, "body", EnhancedType.of(SdkBytes.class), PartRow::body))
          .build();

  byte[] packed() {
    return body.asByteArrayUnsafe();
  }

  private static PartRow read(Draft draft) {
    return new PartRow(
        draft.pk(),
        draft.sk(),
        draft.need("number", Integer.class),
        draft.need("since", Long.class),
        draft.text("base"),
        draft.need("body", SdkBytes.class));
  }
}
