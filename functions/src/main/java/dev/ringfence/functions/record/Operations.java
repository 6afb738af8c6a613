package dev.ringfence.functions.record;

import dev.ringfence.engine.Store.StaleWrite;
import dev.ringfence.functions.record.HeadRow.Layout;
import dev.ringfence.functions.record.MeteredTable.Written;
import dev.ringfence.functions.record.Packing.Items;
import dev.ringfence.operation.Form;
import dev.ringfence.operation.Head;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Part;
import dev.ringfence.operation.Request;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;

/** Writes operations: head, parts, and whatever belongs to the same transaction. */
final class Operations {
  static final long FIRST_VERSION = 1;

  /**
   * How often a create or a request meets another transaction on the same head before that is an
   * error. A transaction is over in some tens of milliseconds; ten tries with a pause span half a
   * second.
   */
  private static final int CONTESTS_MAX = 10;

  private final MeteredTable table;
  private final Codec codec;
  private final Marks marks;
  private final Reader reader;
  private final Memory memory;
  private final DynamoDbTable<HeadRow> wholeHeads;
  private final DynamoDbTable<HeadRow> commitHeads;
  private final DynamoDbTable<HeadRow.Ask> asks;
  private final DynamoDbTable<PartRow> partRows;

  Operations(MeteredTable table, Codec codec, Marks marks, Reader reader, Memory memory) {
    this.table = table;
    this.codec = codec;
    this.marks = marks;
    this.reader = reader;
    this.memory = memory;
    this.wholeHeads = table.of(HeadRow.WHOLE);
    this.commitHeads = table.of(HeadRow.COMMIT);
    this.asks = table.of(HeadRow.Ask.SCHEMA);
    this.partRows = table.of(PartRow.SCHEMA);
  }

  /**
   * @param beside puts what belongs to the same transaction
   */
  <H extends Head, P extends Part> boolean create(
      Form<H, P> form, H head, List<P> parts, Consumer<Together> beside) {
    if (reader.head(head.id()).isPresent()) {
      return false;
    }
    Changes<P> changes = Changes.of(head.id(), parts);
    String mark = marks.next(head.id(), 0);
    Operation<H, P> first = new Operation<>(head, parts, null, FIRST_VERSION);
    Items items =
        new Packing<>(codec, form, head.id(), FIRST_VERSION, mark).items(Kept.NONE, changes);
    HeadRow row = row(form, first, mark, changes, items.kept().layout());
    // Made before the first write, so that whatever does not fit is refused before anything is.
    beside.accept(new Together(table));
    table.putAll(partRows, items.ahead());
    for (int tried = 1; tried <= CONTESTS_MAX; tried++) {
      if (writeNew(row, beside, mark + "-" + tried) == Written.DONE) {
        return true;
      }
      Optional<HeadRow> standing = reader.head(head.id());
      if (standing.isPresent()) {
        boolean ours = standing.get().mark().equals(mark);
        delete(ours ? List.of() : items.ahead());
        return ours;
      }
      table.pause(MeteredTable.FIRST_PAUSE);
    }
    throw new IllegalStateException(
        "%s was contested at each of %d tries to create it".formatted(head.id(), CONTESTS_MAX));
  }

  <H extends Head, P extends Part> Operation<H, P> commit(
      Form<H, P> form, Operation<H, P> before, Operation<H, P> after, Consumer<Together> beside) {
    String id = before.head().id();
    Changes<P> changes = Changes.between(before, after);
    String mark = marks.next(id, before.version());
    Operation<H, P> next =
        new Operation<>(after.head(), after.parts(), after.request(), before.version() + 1);
    Kept kept = changes.isEmpty() ? Kept.NONE : reader.kept(id, before.version());
    Items items = new Packing<>(codec, form, id, next.version(), mark).items(kept, changes);
    HeadRow row = row(form, next, mark, changes, items.kept().layout());

    Together together = new Together(table);
    items.together().forEach(part -> together.put(partRows, part));
    beside.accept(together);
    table.putAll(partRows, items.ahead());
    Written written = writeNext(together, row, changes, before.version());
    if (written != Written.DONE && !isOurs(id, mark)) {
      delete(items.ahead());
      throw new StaleWrite(
          "%s is no longer at version %d, or a lane is held by another"
              .formatted(id, before.version()));
    }
    remember(id, before.version(), changes.isEmpty(), items.kept());
    // They would only be read along with the others; a beat that dies here leaves them, harmless.
    delete(items.replaced());
    return next;
  }

  /** A head alone leaves the parts as they are. */
  private void remember(String id, long before, boolean headAlone, Kept kept) {
    if (headAlone) {
      memory.at(id, before).ifPresent(known -> memory.keep(id, known.at(before + 1)));
    } else {
      memory.keep(id, kept);
    }
  }

  boolean ask(String id, Request request) {
    HeadRow.Ask ask = new HeadRow.Ask(id, request);
    var condition = Conditions.mayBeAsked(Gravity.milderThan(request.wish()));
    for (int tried = 1; tried <= CONTESTS_MAX; tried++) {
      switch (table.update(asks, ask, condition)) {
        case DONE -> {
          return true;
        }
        case REFUSED -> {
          return false;
        }
        case CONTESTED -> table.pause(MeteredTable.FIRST_PAUSE);
      }
    }
    throw new IllegalStateException(
        "%s was being committed at each of %d tries to ask for %s"
            .formatted(id, CONTESTS_MAX, request.wish()));
  }

  private Written writeNew(HeadRow row, Consumer<Together> beside, String token) {
    Together together = new Together(table);
    beside.accept(together);
    if (together.isEmpty()) {
      return table.put(wholeHeads, row, Conditions.absent());
    }
    together.put(wholeHeads, row, Conditions.absent());
    return together.write(token);
  }

  /** A head alone is written plainly: a transaction would cost twice the units. */
  private Written writeNext(Together together, HeadRow row, Changes<?> changes, long expected) {
    var unchanged = Conditions.versionIs(expected);
    var heads = changes.added().isEmpty() ? commitHeads : wholeHeads;
    if (together.isEmpty()) {
      return table.update(heads, row, unchanged);
    }
    together.update(heads, row, unchanged);
    return together.write(row.mark());
  }

  /**
   * Whether a write that was refused had in truth taken place before, and only its answer was lost:
   * the SDK sends it again and the condition fails on our own write.
   */
  private boolean isOurs(String id, String mark) {
    return reader.head(id).map(HeadRow::mark).filter(mark::equals).isPresent();
  }

  /** Removes whole parts that no head means, or none any more. */
  private void delete(List<PartRow> whole) {
    table.deleteAll(
        partRows, whole.stream().map(row -> MeteredTable.key(row.pk(), row.sk())).toList());
  }

  private <H extends Head, P extends Part> HeadRow row(
      Form<H, P> form, Operation<H, P> next, String mark, Changes<P> changes, Layout layout) {
    H head = next.head();
    byte[] body = codec.pack(form.headType(), head);
    @Nullable Request request = next.request();
    Limits.fits("the head of " + head.id(), body.length);
    return new HeadRow(
        head.id(),
        form.kind().name(),
        head.phaseName(),
        next.version(),
        head.isFinal(),
        SdkBytes.fromByteArrayUnsafe(body),
        request,
        mark,
        next.version(),
        changes.numbers(),
        layout);
  }
}
