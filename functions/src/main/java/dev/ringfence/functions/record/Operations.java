package dev.ringfence.functions.record;

import dev.ringfence.engine.Store.StaleWrite;
import dev.ringfence.functions.record.HeadRow.Layout;
import dev.ringfence.functions.record.MeteredTable.Written;
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
  private final DynamoDbTable<HeadRow> wholeHeads;
  private final DynamoDbTable<HeadRow> commitHeads;
  private final DynamoDbTable<HeadRow.Ask> asks;
  private final DynamoDbTable<PartRow> partRows;

  Operations(MeteredTable table, Codec codec, Marks marks, Reader reader) {
    this.table = table;
    this.codec = codec;
    this.marks = marks;
    this.reader = reader;
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
    Layout layout = Layout.NONE.plus(parts.size(), mark);
    Operation<H, P> first = new Operation<>(head, parts, null, FIRST_VERSION);
    HeadRow row = row(form, first, mark, changes, layout);
    List<PartRow> added = rows(form, head.id(), changes.added(), FIRST_VERSION, layout);
    // Made before the first write, so that whatever does not fit is refused before anything is.
    beside.accept(new Together(table));
    table.putAll(partRows, added);
    for (int tried = 1; tried <= CONTESTS_MAX; tried++) {
      if (writeNew(row, beside, mark + "-" + tried) == Written.DONE) {
        return true;
      }
      Optional<HeadRow> standing = reader.head(head.id());
      if (standing.isPresent()) {
        boolean ours = standing.get().mark().equals(mark);
        sweep(ours ? List.of() : added);
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
    Layout old = changes.isEmpty() ? Layout.NONE : layout(id, before.version());
    Layout layout = old.plus(changes.added().size(), mark);
    Operation<H, P> next =
        new Operation<>(after.head(), after.parts(), after.request(), before.version() + 1);
    HeadRow row = row(form, next, mark, changes, layout);

    List<PartRow> added = rows(form, id, changes.added(), next.version(), layout);
    Together together = new Together(table);
    rows(form, id, changes.changed(), next.version(), layout)
        .forEach(part -> together.put(partRows, part));
    beside.accept(together);
    table.putAll(partRows, added);
    Written written = writeNext(together, row, changes, before.version());
    if (written != Written.DONE && !isOurs(id, mark)) {
      sweep(added);
      throw new StaleWrite(
          "%s is no longer at version %d, or a lane is held by another"
              .formatted(id, before.version()));
    }
    return next;
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
   * Which part items the head means. It is read again because an operation in memory does not carry
   * it, and it tells a stale beat so before it writes anything.
   */
  private Layout layout(String id, long version) {
    return reader
        .head(id)
        .filter(head -> head.version() == version)
        .map(HeadRow::layout)
        .orElseThrow(() -> new StaleWrite("%s is no longer at version %d".formatted(id, version)));
  }

  /**
   * Whether a write that was refused had in truth taken place before, and only its answer was lost:
   * the SDK sends it again and the condition fails on our own write.
   */
  private boolean isOurs(String id, String mark) {
    return reader.head(id).map(HeadRow::mark).filter(mark::equals).isPresent();
  }

  /** Removes parts that were written ahead of a head that came to nothing. */
  private void sweep(List<PartRow> added) {
    table.deleteAll(
        partRows, added.stream().map(row -> MeteredTable.key(row.pk(), row.sk())).toList());
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

  private <P extends Part> List<PartRow> rows(
      Form<?, P> form, String id, List<P> parts, long since, Layout layout) {
    List<String> keys = layout.keys();
    return parts.stream()
        .map(part -> {
          byte[] body = codec.pack(form.partType(), part);
          Limits.fits("part %d of %s".formatted(part.number(), id), body.length);
          return new PartRow(
              Keys.operation(id),
              keys.get(part.number()),
              part.number(),
              since,
              SdkBytes.fromByteArrayUnsafe(body));
        })
        .toList();
  }
}
