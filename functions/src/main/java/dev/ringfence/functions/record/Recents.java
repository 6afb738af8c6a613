package dev.ringfence.functions.record;

import dev.ringfence.engine.Store;
import dev.ringfence.functions.record.MeteredTable.Reading;
import dev.ringfence.operation.Head;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;

/**
 * Which operations of a kind go on and which ended lately: one partition a kind, which stays small
 * because what ended long ago is forgotten.
 */
final class Recents {
  private final MeteredTable table;
  private final DynamoDbTable<TextRow> rows;

  Recents(MeteredTable table) {
    this.table = table;
    this.rows = table.of(TextRow.SCHEMA);
  }

  /** Puts a new operation's row beside its head. */
  void created(Together together, Head.Kind kind, String id) {
    together.put(rows, new TextRow(Keys.recent(kind), Keys.OPEN + id, null));
  }

  /**
   * Written before the open row is deleted: whoever dies in between leaves an operation that is
   * listed once all the same, and the next one who says that it ended finishes this.
   */
  void ended(Head.Kind kind, String id, Instant at) {
    String pk = Keys.recent(kind);
    if (table.get(rows, pk, Keys.OPEN + id).isEmpty()) {
      return;
    }
    table.put(rows, new TextRow(pk, Keys.ENDED + id, at.toString()), Conditions.absent());
    List<String> over = new ArrayList<>(List.of(Keys.OPEN + id));
    ended(pk).stream().skip(Store.ENDED_KEPT).map(TextRow::sk).forEach(over::add);
    table.deleteAll(rows, over.stream().map(sk -> MeteredTable.key(pk, sk)).toList());
  }

  /** Those that go on, and then those that ended, the newest first. */
  List<String> of(Head.Kind kind) {
    String pk = Keys.recent(kind);
    List<String> ids = new ArrayList<>();
    ended(pk).forEach(row -> ids.add(row.sk().substring(Keys.ENDED.length())));
    List<String> open =
        table.query(rows, pk, Keys.OPEN, Reading.CONSISTENT).stream()
            .map(row -> row.sk().substring(Keys.OPEN.length()))
            .filter(id -> !ids.contains(id))
            .toList();
    ids.addAll(0, open);
    return ids;
  }

  /** The newest first. */
  private List<TextRow> ended(String pk) {
    return table.query(rows, pk, Keys.ENDED, Reading.CONSISTENT).stream()
        .sorted(Comparator.comparing(Recents::at).reversed().thenComparing(TextRow::sk))
        .toList();
  }

  private static Instant at(TextRow row) {
    return Instant.parse(Objects.requireNonNull(row.body()));
  }
}
