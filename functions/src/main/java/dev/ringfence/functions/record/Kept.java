package dev.ringfence.functions.record;

import dev.ringfence.functions.record.HeadRow.Layout;
import java.util.List;

/**
 * The items of an operation's parts at one version.
 *
 * @param parts in order of their numbers
 */
record Kept(long version, Layout layout, List<KeptPart> parts) {
  static final Kept NONE = new Kept(0, Layout.NONE, List.of());

  Kept {
    parts = List.copyOf(parts);
  }

  Kept at(long next) {
    return new Kept(next, layout, parts);
  }

  /**
   * @param now what the part is; the base itself until something changes
   * @param base the whole part that {@code now} is told against
   */
  record KeptPart(PartRow now, PartRow base) {
    static KeptPart whole(PartRow base) {
      return new KeptPart(base, base);
    }

    byte[] json() {
      return now.equals(base) ? baseJson() : Packed.inflate(now.packed(), baseJson());
    }

    byte[] baseJson() {
      return Codec.unpacked(base.packed());
    }
  }
}
