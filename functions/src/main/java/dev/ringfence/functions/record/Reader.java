package dev.ringfence.functions.record;

import dev.ringfence.engine.Store.StaleWrite;
import dev.ringfence.functions.record.Kept.KeptPart;
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
  private final Memory memory;
  private final DynamoDbTable<HeadRow> heads;
  private final DynamoDbTable<PartRow> parts;

  Reader(MeteredTable table, Codec codec, Memory memory) {
    this.table = table;
    this.codec = codec;
    this.memory = memory;
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

  <H extends Head, P extends Part> Optional<Operation<H, P>> load(Form<H, P> form, String id) {
    return standing(id)
        .map(standing -> {
          requireKind(form, standing.head());
          memory.keep(id, standing.kept());
          return operation(form, standing);
        });
  }

  /**
   * The items of the parts. They are asked for again because an operation in memory does not carry
   * them; when they have to be read, that tells a stale beat so before it writes anything.
   *
   * @throws StaleWrite when the operation is no longer at that version
   */
  Kept kept(String id, long version) {
    return memory
        .at(id, version)
        .or(() -> standing(id).map(Standing::kept).filter(kept -> kept.version() == version))
        .orElseThrow(() -> new StaleWrite("%s is no longer at version %d".formatted(id, version)));
  }

  private record Standing(HeadRow head, Kept kept) {}

  /**
   * Head and parts as of one commit. DynamoDB isolates a transaction from each read but not from
   * two of them (Developer Guide, "Isolation levels"), so a commit may lie between the head's read
   * and the parts'; deciding on such a mixture and committing it would undo what it missed.
   */
  private Optional<Standing> standing(String id) {
    for (int read = 1; read <= READS_MAX; read++) {
      Optional<HeadRow> head = head(id);
      if (head.isEmpty()) {
        return Optional.empty();
      }
      List<KeptPart> named = parts(head.get());
      if (named != null) {
        Kept kept = new Kept(head.get().version(), head.get().layout(), named);
        return Optional.of(new Standing(head.get(), kept));
      }
      table.pause(MeteredTable.FIRST_PAUSE);
    }
    throw new IllegalStateException(
        "the parts of %s do not belong to its head after %d reads".formatted(id, READS_MAX));
  }

  /** The parts that the head names, in order; null when they are not of its last commit. */
  private @Nullable List<KeptPart> parts(HeadRow head) {
    if (head.layout().count() == 0) {
      return List.of();
    }
    Map<String, PartRow> found =
        table.query(parts, Keys.operation(head.id()), Keys.PART, Reading.CONSISTENT).stream()
            .collect(Collectors.toMap(PartRow::sk, Function.identity()));
    List<KeptPart> named = new ArrayList<>();
    for (String key : head.layout().keys()) {
      PartRow now = found.getOrDefault(Keys.delta(key), found.get(key));
      if (now == null || !belongs(now, head)) {
        return null;
      }
      // A later commit may have deleted the base of a delta that was read before it.
      PartRow base = now.base() == null ? now : found.get(now.base());
      if (base == null) {
        return null;
      }
      named.add(new KeptPart(now, base));
    }
    return named;
  }

  private static boolean belongs(PartRow part, HeadRow head) {
    return head.touched().contains(part.number())
        ? part.since() == head.committed()
        : part.since() < head.committed();
  }

  private <H extends Head, P extends Part> Operation<H, P> operation(
      Form<H, P> form, Standing standing) {
    HeadRow head = standing.head();
    return new Operation<>(
        codec.unpack(form.headType(), head.body().asByteArrayUnsafe()),
        standing.kept().parts().stream()
            .map(part -> codec.read(form.partType(), part.json()))
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
