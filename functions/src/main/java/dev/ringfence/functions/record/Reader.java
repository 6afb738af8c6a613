package dev.ringfence.functions.record;

import dev.ringfence.functions.record.MeteredTable.Reading;
import dev.ringfence.operation.Form;
import dev.ringfence.operation.Head;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;

/** Reads operations, strongly consistent. */
final class Reader {
  /**
   * How often head and parts are read until they belong together. A commit that is under way is
   * over within a read or two; five that disagree mean that the table is not as we wrote it.
   */
  private static final int READS_MAX = 5;

  private final MeteredTable table;
  private final Codec codec;
  private final DynamoDbTable<HeadRow> heads;
  private final DynamoDbTable<PartRow> parts;

  Reader(MeteredTable table, Codec codec) {
    this.table = table;
    this.codec = codec;
    this.heads = table.of(HeadRow.WHOLE);
    this.parts = table.of(PartRow.SCHEMA);
  }

  Optional<HeadRow> head(String id) {
    return table.get(heads, Keys.operation(id), Keys.HEAD);
  }

  /** What is known of an operation without its parts. */
  <H extends Head, P extends Part> Optional<H> readHead(Form<H, P> form, String id) {
    return head(id)
        .map(row -> {
          requireKind(form, row);
          return codec.unpack(form.headType(), row.body().asByteArrayUnsafe());
        });
  }

  /**
   * Head and parts as of one commit. DynamoDB isolates a transaction from each read but not from
   * two of them (Developer Guide, "Isolation levels"), so a commit may lie between the head's read
   * and the parts'; deciding on such a mixture and committing it would undo what it missed.
   */
  <H extends Head, P extends Part> Optional<Operation<H, P>> load(Form<H, P> form, String id) {
    for (int read = 1; read <= READS_MAX; read++) {
      Optional<HeadRow> head = head(id);
      if (head.isEmpty()) {
        return Optional.empty();
      }
      requireKind(form, head.get());
      List<PartRow> named = parts(head.get());
      if (named != null) {
        return Optional.of(operation(form, head.get(), named));
      }
      table.pause(MeteredTable.FIRST_PAUSE);
    }
    throw new IllegalStateException(
        "the parts of %s do not belong to its head after %d reads".formatted(id, READS_MAX));
  }

  /** The parts that the head names, in order; null when they are not of its last commit. */
  private @Nullable List<PartRow> parts(HeadRow head) {
    if (head.layout().count() == 0) {
      return List.of();
    }
    Map<String, PartRow> found =
        table.query(parts, Keys.operation(head.id()), Keys.PART, Reading.CONSISTENT).stream()
            .collect(Collectors.toMap(PartRow::sk, Function.identity()));
    List<PartRow> named = new ArrayList<>();
    for (String key : head.layout().keys()) {
      PartRow part = found.get(key);
      if (part == null || !belongs(part, head)) {
        return null;
      }
      named.add(part);
    }
    return named;
  }

  private static boolean belongs(PartRow part, HeadRow head) {
    return head.touched().contains(part.number())
        ? part.since() == head.committed()
        : part.since() < head.committed();
  }

  private <H extends Head, P extends Part> Operation<H, P> operation(
      Form<H, P> form, HeadRow head, List<PartRow> named) {
    return new Operation<>(
        codec.unpack(form.headType(), head.body().asByteArrayUnsafe()),
        named.stream()
            .map(part -> codec.unpack(form.partType(), part.body().asByteArrayUnsafe()))
            .toList(),
        head.request(),
        head.version());
  }

  private static void requireKind(Form<?, ?> form, HeadRow head) {
    if (!form.kind().name().equals(head.kind())) {
      throw new IllegalStateException(
          "%s is a %s and was read as a %s".formatted(head.id(), head.kind(), form.kind()));
    }
  }
}
