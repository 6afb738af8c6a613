package dev.ringfence.functions.record;

import dev.ringfence.engine.Store.Pointer;
import dev.ringfence.functions.record.MeteredTable.Reading;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;

/** What finds operations by something else than their id, and the products' policies. */
final class Registers {
  private final MeteredTable table;
  private final DynamoDbTable<TextRow> texts;
  private final DynamoDbTable<PointerRow> pointers;

  Registers(MeteredTable table) {
    this.table = table;
    this.texts = table.of(TextRow.SCHEMA);
    this.pointers = table.of(PointerRow.SCHEMA);
  }

  /** Puts a new operation's watchers beside its head. */
  void watch(Together together, String id, Set<String> alarms) {
    for (String alarm : alarms) {
      together.put(texts, new TextRow(Keys.alarm(alarm), id, null));
    }
  }

  /** Every operation that was watched and not taken off, whether it has ended or not. */
  List<String> watchersOf(String alarm) {
    return table.query(texts, Keys.alarm(alarm), "", Reading.CONSISTENT).stream()
        .map(TextRow::sk)
        .toList();
  }

  void unwatch(String id, Set<String> alarms) {
    table.deleteAll(
        texts, alarms.stream().map(alarm -> MeteredTable.key(Keys.alarm(alarm), id)).toList());
  }

  void point(String id, int part, List<String> machines, Instant at) {
    table.putAll(
        pointers,
        machines.stream()
            .distinct()
            .map(machine -> new PointerRow(machine, id, part, at))
            .toList());
  }

  List<Pointer> pointersOf(String machine) {
    return table.query(pointers, Keys.machine(machine), "", Reading.EVENTUAL_DESCENDING).stream()
        .map(row -> new Pointer(row.machine(), row.operation(), row.part(), row.at()))
        .toList();
  }

  Optional<String> policy(String product) {
    return table
        .get(texts, Keys.product(product), Keys.POLICY)
        .map(row -> Objects.requireNonNull(row.body()));
  }

  /** Every product that a policy was ever put for. */
  List<String> products() {
    return table.query(texts, Keys.PRODUCTS, "", Reading.CONSISTENT).stream()
        .map(TextRow::sk)
        .toList();
  }

  void putPolicy(String product, String json) {
    Limits.fits("the policy of " + product, Limits.bytes(json));
    // Listed first: a product without a policy is passed over, a policy that is not listed is lost.
    table.put(texts, new TextRow(Keys.PRODUCTS, product, null), null);
    table.put(texts, new TextRow(Keys.product(product), Keys.POLICY, json), null);
  }
}
