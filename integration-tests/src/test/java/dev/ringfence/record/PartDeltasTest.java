package dev.ringfence.record;

import static dev.ringfence.record.Trial.FORM;
import static dev.ringfence.record.Trial.part;
import static dev.ringfence.record.Trial.running;
import static dev.ringfence.record.Trial.updating;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringfence.contract.Tables;
import dev.ringfence.engine.Store;
import dev.ringfence.engine.Store.StaleWrite;
import dev.ringfence.functions.record.DynamoStore;
import dev.ringfence.functions.record.Units;
import dev.ringfence.operation.Operation;
import dev.ringfence.record.Trial.TrialHead;
import dev.ringfence.record.Trial.TrialMachine;
import dev.ringfence.record.Trial.TrialPart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Parts that are stored as what was there before and what changed since. */
final class PartDeltasTest {
  private static final TestDynamo DYNAMO = TestDynamo.start();
  private static final String ID = "rollout-1";

  private final Wire wire = DYNAMO.wire();
  private final DynamoDbClient client = DYNAMO.client(wire);
  private final Units units = new Units();
  private final List<Duration> pauses = new ArrayList<>();
  private String table = "";

  @AfterAll
  static void stop() throws Exception {
    DYNAMO.close();
  }

  @BeforeEach
  void emptyTable() {
    table = DYNAMO.table(client);
  }

  /** A process of its own, which remembers nothing of what others did. */
  private Store process(String writer) {
    return new DynamoStore(client, table, writer, StoreContract.AGE, pauses::add, units);
  }

  /** Every machine gets what no other has, as it does with its restore point. */
  private static TrialPart each(TrialPart part, String what) {
    return new TrialPart(
        part.number(),
        IntStream.range(0, part.machines().size())
            .mapToObj(i -> {
              TrialMachine machine = part.machines().get(i);
              String own = Trial.machine(what.hashCode(), i);
              return new TrialMachine(machine.id(), machine.zone(), updating(own));
            })
            .toList());
  }

  private static Operation<TrialHead, TrialPart> created(Store store, int parts) {
    store.create(FORM, Trial.head(ID), Trial.parts(parts), List.of());
    return loaded(store);
  }

  private static Operation<TrialHead, TrialPart> loaded(Store store) {
    return store.load(FORM, ID).orElseThrow();
  }

  private static Operation<TrialHead, TrialPart> commit(
      Store store, Operation<TrialHead, TrialPart> before, List<TrialPart> parts) {
    return store.commit(
        FORM,
        before,
        before.with(running(ID, (int) before.version()), parts),
        List.of(),
        List.of());
  }

  @Test
  void partThatChangedALittle_costsTwoUnitsHoweverMuchItHolds() {
    Store store = process("one");
    List<TrialPart> full = List.of(each(part(0), "a"));
    store.create(FORM, Trial.head(ID), full, List.of());
    Operation<TrialHead, TrialPart> before = loaded(store);
    double wrote = units.tally().writeUnits();
    List<TrialPart> proven = List.of(new TrialPart(0, full.getFirst().machines().reversed()));
    Operation<TrialHead, TrialPart> after = commit(store, before, proven);
    assertEquals(2 + 2, units.tally().writeUnits() - wrote);
    assertEquals(after, loaded(process("other")));
  }

  @Test
  void deltaThatOutgrewItsUnit_getsABaseOfItsOwnAndTheOldOneIsDeleted() {
    Store store = process("one");
    Operation<TrialHead, TrialPart> now = created(store, 2);
    String first = items().getFirst();
    for (String what : List.of("a", "b", "c")) {
      now = commit(store, now, List.of(each(part(0), what), part(1)));
      assertEquals(now, loaded(process(what)));
      assertEquals(2 + 1, items().size(), () -> items().toString());
    }
    assertFalse(items().contains(first));
  }

  @Test
  void processThatNeverReadTheParts_commitsThemAllTheSame() {
    Operation<TrialHead, TrialPart> before = created(process("one"), 2);
    Operation<TrialHead, TrialPart> second =
        commit(process("two"), before, List.of(part(0), each(part(1), "a")));
    Store third = process("three");
    Operation<TrialHead, TrialPart> after =
        commit(
            third,
            second,
            List.of(part(0).all(updating("x")), each(part(1), "a").all(updating("y"))));
    assertEquals(after, loaded(third));
    assertEquals(after, loaded(process("four")));
  }

  /** What a process remembers of a version that others went on from is of no use to it. */
  @Test
  void processThatWasOvertakenAndReadAgain_goesOnFromWhatIsThere() {
    Store slow = process("slow");
    Operation<TrialHead, TrialPart> before = created(slow, 1);
    Operation<TrialHead, TrialPart> other =
        commit(process("fast"), before, List.of(each(part(0), "a")));
    assertThrows(
        StaleWrite.class, () -> commit(slow, before, List.of(part(0).all(updating("late")))));
    assertEquals(other, loaded(slow));
    Operation<TrialHead, TrialPart> after =
        commit(slow, other, List.of(part(0).all(updating("now"))));
    assertEquals(after, loaded(process("third")));
  }

  @Test
  void headsCommittedAloneInBetween_doNotCostAReadOfTheParts() {
    Store store = process("one");
    Operation<TrialHead, TrialPart> now = created(store, 1);
    now = commit(store, now, now.parts());
    int calls = wire.calls().size();
    now = commit(store, now, List.of(part(0).all(updating("x"))));
    assertEquals(List.of("TransactWriteItems"), wire.calls().subList(calls, wire.calls().size()));
    assertEquals(now, loaded(process("other")));
  }

  @Test
  void baseOfABeatThatWasOvertaken_isSweptAndHarmsNobody() {
    Store slow = process("slow");
    Operation<TrialHead, TrialPart> before = created(slow, 1);
    List<TrialPart> faster = List.of(each(part(0), "fast"));
    wire.before("BatchWriteItem", () -> commit(process("fast"), before, faster));
    assertThrows(StaleWrite.class, () -> commit(slow, before, List.of(each(part(0), "slow"))));
    assertEquals(faster, loaded(slow).parts());
    assertEquals(2, items().size(), () -> items().toString());
  }

  @Test
  void baseReplacedBetweenTheReadsOfHeadAndParts_isNotSeenByHalves() {
    Store store = process("one");
    Operation<TrialHead, TrialPart> before = created(store, 1);
    List<TrialPart> later = List.of(each(part(0), "later"));
    wire.before("Query", () -> commit(process("two"), before, later));
    assertEquals(later, loaded(store).parts());
    assertEquals(1, pauses.size());
  }

  @Test
  void deltaWhoseBaseIsGone_isNeverUsed() {
    Store store = process("one");
    Operation<TrialHead, TrialPart> before = created(store, 1);
    String base = items().getFirst();
    commit(store, before, List.of(part(0).all(updating("x"))));
    Map<String, AttributeValue> key =
        Map.of(
            Tables.PARTITION_KEY, AttributeValue.fromS("OP#" + ID),
            Tables.SORT_KEY, AttributeValue.fromS(base));
    client.deleteItem(delete -> delete.tableName(table).key(key));
    assertThrows(IllegalStateException.class, () -> loaded(store));
  }

  @Test
  void partBeyondTheReachOfDeflate_isStoredAllTheSame() {
    Store store = process("one");
    TrialPart wide =
        new TrialPart(
            0, part(0).all(updating(StoreContract.noise(40_000))).machines().subList(0, 2));
    store.create(FORM, Trial.head(ID), List.of(wide), List.of());
    TrialPart next = new TrialPart(0, wide.machines().reversed());
    assertNotEquals(wide, next);
    Operation<TrialHead, TrialPart> after = commit(store, loaded(store), List.of(next));
    assertEquals(after, loaded(process("other")));
    assertEquals(2, items().size());
  }

  /** Sort keys of all part items. */
  private List<String> items() {
    return client
        .query(query ->
            query
                .tableName(table)
                .keyConditionExpression("#pk = :pk AND begins_with(#sk, :prefix)")
                .expressionAttributeNames(
                    Map.of("#pk", Tables.PARTITION_KEY, "#sk", Tables.SORT_KEY))
                .expressionAttributeValues(
                    Map.of(
                        ":pk", AttributeValue.fromS("OP#" + ID),
                        ":prefix", AttributeValue.fromS("PART#"))))
        .items()
        .stream()
        .map(item -> Objects.requireNonNull(item.get(Tables.SORT_KEY)).s())
        .toList();
  }
}
