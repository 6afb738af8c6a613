package dev.ringfence.lab.store;

import dev.ringfence.functions.record.Changes;
import dev.ringfence.functions.record.Codec;
import dev.ringfence.functions.record.Limits;
import dev.ringfence.operation.Form;
import dev.ringfence.operation.Head;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Part;
import dev.ringfence.operation.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the store in memory keeps an operation: the same JSON, within the same limits. */
final class Bodies {
  private final Codec codec;

  Bodies(Codec codec) {
    this.codec = codec;
  }

  /**
   * @param parts as JSON, in order of their numbers
   */
  record Stored(
      Head.Kind kind,
      boolean ended,
      String head,
      List<String> parts,
      @Nullable Request request,
      long version) {}

  <H extends Head, P extends Part> Stored stored(
      Form<H, P> form, Operation<H, P> next, Changes<P> changes, List<String> oldParts) {
    H head = next.head();
    List<String> parts = new ArrayList<>(oldParts);
    changes.changed().forEach(part -> parts.set(part.number(), json(form, part)));
    changes.added().forEach(part -> parts.add(json(form, part)));
    String body = codec.write(form.headType(), head);
    Limits.fits("the head of " + head.id(), body.getBytes(StandardCharsets.UTF_8).length);
    return new Stored(
        form.kind(), head.isFinal(), body, List.copyOf(parts), next.request(), next.version());
  }

  private <P extends Part> String json(Form<?, P> form, P part) {
    String json = codec.write(form.partType(), part);
    // Only what is large as it stands can be too large when it is packed, and packing takes time.
    if (json.length() > Limits.BODY_BYTES_MAX) {
      Limits.fits("part " + part.number(), codec.pack(form.partType(), part).length);
    }
    return json;
  }

  <H extends Head, P extends Part> Operation<H, P> operation(
      Form<H, P> form, String id, Stored stored) {
    if (stored.kind() != form.kind()) {
      throw new IllegalStateException(
          "%s is a %s and was read as a %s".formatted(id, stored.kind(), form.kind()));
    }
    return new Operation<>(
        codec.read(form.headType(), stored.head()),
        stored.parts().stream().map(part -> codec.read(form.partType(), part)).toList(),
        stored.request(),
        stored.version());
  }
}
