package dev.ringfence.functions.record;

import dev.ringfence.functions.record.Kept.KeptPart;
import dev.ringfence.operation.Form;
import dev.ringfence.operation.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/** Makes the items of one write's parts; {@link PartRow} tells why there are two kinds. */
final class Packing<P extends Part> {
  /**
   * The longest delta that fits into 1 KB, and so into one unit, with the item's keys and small
   * attributes, which take up to 200 bytes.
   */
  private static final int DELTA_BYTES_MAX = 820;

  private final Codec codec;
  private final Form<?, P> form;
  private final String id;
  private final long version;
  private final String mark;
  private final List<PartRow> ahead = new ArrayList<>();
  private final List<PartRow> together = new ArrayList<>();
  private final List<PartRow> replaced = new ArrayList<>();

  /**
   * @param version of the commit
   * @param mark of the write, in the keys of all that is written ahead of it
   */
  Packing(Codec codec, Form<?, P> form, String id, long version, String mark) {
    this.codec = codec;
    this.form = form;
    this.id = id;
    this.version = version;
    this.mark = mark;
  }

  /**
   * @param ahead whole parts, under keys that nobody knows before the commit
   * @param together deltas, for the commit's own transaction
   * @param replaced whole parts that nobody needs after the commit
   * @param kept all items after the commit
   */
  record Items(List<PartRow> ahead, List<PartRow> together, List<PartRow> replaced, Kept kept) {}

  /**
   * @throws IllegalStateException when a part is too large for an item
   */
  Items items(Kept before, Changes<P> changes) {
    List<KeptPart> parts = new ArrayList<>(before.parts());
    List<String> keys = before.layout().keys();
    for (P part : changes.changed()) {
      int number = part.number();
      parts.set(number, changed(part, before.parts().get(number), keys.get(number)));
    }
    for (P part : changes.added()) {
      PartRow row = whole(part.number(), codec.bytes(form.partType(), part));
      ahead.add(row);
      parts.add(KeptPart.whole(row));
    }
    Kept after = new Kept(version, before.layout().plus(changes.added().size(), mark), parts);
    return new Items(List.copyOf(ahead), List.copyOf(together), List.copyOf(replaced), after);
  }

  private KeptPart changed(P part, KeptPart old, String key) {
    byte[] json = codec.bytes(form.partType(), part);
    PartRow base = old.base();
    byte[] delta = Packed.deflate(json, old.baseJson());
    // A part of more than 32 KB lies outside of deflate's window: against itself it is no smaller.
    byte[] least = delta.length > DELTA_BYTES_MAX ? Packed.deflate(json, json) : delta;
    if (least.length < delta.length && least.length <= DELTA_BYTES_MAX) {
      base = whole(part.number(), json);
      ahead.add(base);
      replaced.add(old.base());
      delta = least;
    }
    PartRow now = row(Keys.delta(key), part.number(), base.sk(), delta);
    together.add(now);
    return new KeptPart(now, base);
  }

  private PartRow whole(int number, byte[] json) {
    return row(Keys.part(number, mark), number, null, Packed.deflate(json, Scaffold.bytes()));
  }

  private PartRow row(String key, int number, @Nullable String base, byte[] body) {
    Limits.fits("part %d of %s".formatted(number, id), body.length);
    return new PartRow(
        Keys.operation(id), key, number, version, base, SdkBytes.fromByteArrayUnsafe(body));
  }
}
