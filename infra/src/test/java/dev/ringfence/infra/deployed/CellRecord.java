package dev.ringfence.infra.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringfence.engine.Store;
import dev.ringfence.functions.record.DynamoStore;
import dev.ringfence.functions.record.Units;
import dev.ringfence.operation.JournalEntry;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** The deployed table, read as the functions read it. */
final class CellRecord {
  /** The first event of a function waits for its JVM, on a machine that may do other things. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final Duration STEP = Duration.ofMillis(500);

  private final Cloud cloud;
  private final DeployedCell cell;
  private final Store store;

  CellRecord(Cloud cloud, DeployedCell cell) {
    this.cloud = cloud;
    this.cell = cell;
    this.store =
        new DynamoStore(
            cloud.tables(),
            cell.only("AWS::DynamoDB::Table"),
            "deployed",
            Comparator.naturalOrder(),
            pause -> {},
            new Units());
  }

  Store store() {
    return store;
  }

  /**
   * Makes the call that CDK's own resource makes when it is created, as the template spells it:
   * LocalStack only takes note of that resource.
   */
  void takePolicies() {
    cell.ids("Custom::RingfencePolicy")
        .map(id -> Shapes.parsed(cell.should(id).path("Create").asText()))
        .forEach(this::call);
  }

  private void call(JsonNode call) {
    String operation = call.path("action").asText();
    cloud
        .plain()
        .call(
            "dynamodb",
            "DynamoDB_20120810."
                + operation.substring(0, 1).toUpperCase(Locale.ROOT)
                + operation.substring(1),
            call.path("parameters").toString());
  }

  /** The first lines that an operation's journal has, as {@code who: what}. */
  List<String> journal(String id, int lines) {
    return eventually(
            () -> {
              List<JournalEntry> journal = store.journal(id);
              return journal.size() < lines ? List.<JournalEntry>of() : journal.subList(0, lines);
            })
        .stream()
        .map(entry -> entry.by() + ": " + entry.what())
        .toList();
  }

  /** Looks until there is something; what is there then. */
  static <T> List<T> eventually(Supplier<List<T>> look) {
    for (Duration waited = Duration.ZERO;
        waited.compareTo(PATIENCE) < 0;
        waited = waited.plus(STEP)) {
      List<T> seen = look.get();
      if (!seen.isEmpty()) {
        return seen;
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
    return look.get();
  }
}
