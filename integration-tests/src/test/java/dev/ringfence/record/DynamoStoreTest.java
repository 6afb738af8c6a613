package dev.ringfence.record;

import static dev.ringfence.record.Trial.FORM;
import static dev.ringfence.record.Trial.head;
import static dev.ringfence.record.Trial.part;
import static dev.ringfence.record.Trial.parts;
import static dev.ringfence.record.Trial.running;
import static dev.ringfence.record.Trial.updating;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.contract.Tables;
import dev.ringfence.engine.Store;
import dev.ringfence.engine.Store.StaleWrite;
import dev.ringfence.functions.record.Codec;
import dev.ringfence.functions.record.DynamoStore;
import dev.ringfence.functions.record.Units;
import dev.ringfence.functions.record.Units.Tally;
import dev.ringfence.operation.Operation;
import dev.ringfence.record.Trial.TrialHead;
import dev.ringfence.record.Trial.TrialPart;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The contract on DynamoDB's own engine, and what can only go wrong on a wire. */
final class DynamoStoreTest extends RecentContract implements ProofContract {
  private static final TestDynamo DYNAMO = TestDynamo.start();
  private final Wire wire = DYNAMO.wire();
  private final DynamoDbClient client = DYNAMO.client(wire);
  private final Units units = new Units();
  private final List<Duration> pauses = new ArrayList<>();
  private String table = "";
  private Store store = store("none", "nobody");

  @AfterAll
  static void stop() throws Exception {
    DYNAMO.close();
  }

  @BeforeEach
  void emptyTable() {
    table = DYNAMO.table(client);
    store = store(table, "this");
  }

  private Store store(String of, String writer) {
    return new DynamoStore(client, of, writer, AGE, pauses::add, units);
  }

  @Override
  Store store() {
    return store;
  }

  @Override
  public Store proving() {
    return store;
  }

  @Test
  void answerLostAfterACommitOfTheHead_isRecognised() {
    Operation<TrialHead, TrialPart> before = created(ID, 1);
    wire.loseAnswerTo("UpdateItem");
    assertEquals(
        new Operation<>(running(ID, 1), parts(1), null, 2),
        commit(before, running(ID, 1), before.parts()));
    assertEquals(2, loaded(ID).version());
  }

  @Test
  void answerLostAfterATransaction_isRecognised() {
    Operation<TrialHead, TrialPart> before = created(ID, 1);
    wire.loseAnswerTo("TransactWriteItems");
    Operation<TrialHead, TrialPart> after =
        store.commit(FORM, before, before, List.of(entry(1, "once")), List.of());
    assertEquals(after, loaded(ID));
    assertEquals(List.of(entry(0, "created"), entry(1, "once")), store.journal(ID));
  }

  @Test
  void answerLostAfterACreate_isRecognised() {
    wire.loseAnswerTo("PutItem");
    assertTrue(store.create(FORM, head(ID), parts(2), List.of()));
    wire.loseAnswerTo("TransactWriteItems");
    assertTrue(store.create(FORM, head("other").watching("cpu"), parts(2), List.of()));
    assertEquals(parts(2), loaded(ID).parts());
  }

  @Test
  void answerLostAndThenAHaltAskedFor_isStillOurCommit() {
    Operation<TrialHead, TrialPart> before = created(ID, 1);
    Store other =
        new DynamoStore(
            DYNAMO.client(DYNAMO.wire()), table, "other", AGE, pauses::add, new Units());
    // The first sending takes place; the halt comes before the second.
    wire.loseAnswerTo("UpdateItem", () -> wire.before("UpdateItem", () -> other.ask(ID, HALT)));
    Operation<TrialHead, TrialPart> after = commit(before, running(ID, 1), before.parts());
    assertEquals(2, after.version());
    assertFalse(store.isAt(ID, after.version()));
    assertEquals(new Operation<>(running(ID, 1), parts(1), HALT, 3), loaded(ID));
  }

  /** A beat that was overtaken between writing parts ahead and committing them. */
  @Test
  void partsWrittenAheadByAnOvertakenBeat_harmNobody() {
    Operation<TrialHead, TrialPart> before = created(ID, 1);
    Store faster = store(table, "faster");
    List<TrialPart> fasterParts = List.of(part(0), part(1).all(updating("faster")));
    wire.before(
        "UpdateItem",
        () ->
            faster.commit(
                FORM, before, before.with(running(ID, 2), fasterParts), List.of(), List.of()));
    assertThrows(StaleWrite.class, () -> commit(before, running(ID, 1), parts(4)));
    assertEquals(new Operation<>(running(ID, 2), fasterParts, null, 2), loaded(ID));
    assertEquals(2, items("OP#" + ID, "PART#").size());
  }

  @Test
  void commitBetweenTheReadsOfHeadAndParts_isNotSeenByHalves() {
    Operation<TrialHead, TrialPart> before = created(ID, 2);
    List<TrialPart> later = List.of(part(0), part(1).all(updating("later")));
    wire.before("Query", () -> commit(before, running(ID, 1), later));
    assertEquals(new Operation<>(running(ID, 1), later, null, 2), loaded(ID));
    assertEquals(1, pauses.size());
  }

  @Test
  void partThatIsOlderThanItsHead_isNeverUsed() {
    Operation<TrialHead, TrialPart> before =
        commit(created(ID, 1), running(ID, 1), List.of(part(0).all(updating("old"))));
    Map<String, AttributeValue> old = items("OP#" + ID, "PART#").getLast();
    commit(before, running(ID, 1), List.of(part(0).all(updating("new"))));
    client.putItem(put -> put.tableName(table).item(old));
    assertThrows(IllegalStateException.class, () -> loaded(ID));
  }

  @Test
  void unprocessedItems_areSentAgainAndNotForever() {
    Stingy stingy = new Stingy(4);
    Store slow =
        new DynamoStore(
            DYNAMO.client(DYNAMO.wire(), stingy), table, "slow", AGE, pauses::add, units);
    assertTrue(slow.create(FORM, head(ID), parts(30), List.of()));
    assertEquals(parts(30), loaded(ID).parts());
    assertEquals(7, pauses.size());
    Store starved =
        new DynamoStore(
            DYNAMO.client(DYNAMO.wire(), new Stingy(0)), table, "s", AGE, pauses::add, units);
    assertThrows(
        IllegalStateException.class,
        () -> starved.create(FORM, head("starved"), parts(1), List.of()));
    assertFalse(store.isAt("starved", 1));
  }

  @Test
  void fullPart_shrinksSeveralTimes() {
    Codec codec = new Codec();
    TrialPart busy = part(7).all(updating("11111111-2222-3333-4444-555555555555"));
    int json = codec.write(TrialPart.class, busy).getBytes(StandardCharsets.UTF_8).length;
    int packed = codec.pack(TrialPart.class, busy).length;
    System.out.printf("a part of 50 machines: %,d bytes of JSON, %,d packed%n", json, packed);
    assertTrue(packed < 1_400, "bytes " + packed);
    assertTrue(json > 6 * packed, "bytes " + json);
  }

  @Test
  void units_areWhatEachWriteIsSupposedToCost() {
    Tally create = cost(() -> created("r", 4));
    Operation<TrialHead, TrialPart> before = loaded("r");
    Tally headAlone = cost(() -> commit(before, running("r", 1), before.parts()));
    Operation<TrialHead, TrialPart> second = loaded("r");
    Tally journalToo =
        cost(() -> store.commit(FORM, second, second, List.of(entry(1, "a")), List.of()));
    Operation<TrialHead, TrialPart> third = loaded("r");
    List<TrialPart> two = new ArrayList<>(third.parts());
    two.set(0, two.get(0).all(updating("cmd")));
    two.set(1, two.get(1).all(updating("cmd")));
    Tally twoParts =
        cost(() ->
            store.commit(
                FORM, third, third.with(head("r"), two), List.of(entry(2, "b")), List.of()));
    Tally ask = cost(() -> store.ask("r", HALT));
    Tally look = cost(() -> store.isAt("r", 5));
    System.out.printf(
        "create of 4 parts %s%nhead %s%nhead and journal %s%n2 parts, head, journal %s%nask %s%n",
        create, headAlone, journalToo, twoParts, ask);
    assertEquals(1, headAlone.writeUnits());
    assertEquals(new Tally(0, 1, 1), ask);
    assertEquals(new Tally(1, 0, 1), look);
    assertEquals(4, journalToo.writeUnits());
    assertEquals(2 * (1 + 1 + 2 * 1), twoParts.writeUnits());
    assertEquals(4 * 1 + 2 * (1 + 1 + 1), create.writeUnits());
  }

  @Test
  void commitOfTheHeadAlone_isOneCall() {
    Operation<TrialHead, TrialPart> before = created(ID, 3);
    int calls = wire.calls().size();
    commit(before, running(ID, 1), before.parts());
    assertEquals(List.of("UpdateItem"), wire.calls().subList(calls, wire.calls().size()));
  }

  @Test
  void nothing_isEverScanned() {
    Operation<TrialHead, TrialPart> before = created(ID, 1);
    commit(before, running(ID, 1), parts(2));
    store.watchersOf("cpu");
    store.recent(FORM);
    store.ended(FORM.kind(), ID, Trial.START);
    store.lift(LANE, "v1");
    store.pointersOf("i-1");
    store.journal(ID);
    assertFalse(wire.calls().contains("Scan"));
  }

  private Tally cost(Runnable what) {
    Tally before = units.tally();
    what.run();
    return units.tally().minus(before);
  }

  private List<Map<String, AttributeValue>> items(String pk, String prefix) {
    return client
        .query(query ->
            query
                .tableName(table)
                .keyConditionExpression("#pk = :pk AND begins_with(#sk, :prefix)")
                .expressionAttributeNames(
                    Map.of("#pk", Tables.PARTITION_KEY, "#sk", Tables.SORT_KEY))
                .expressionAttributeValues(
                    Map.of(
                        ":pk", AttributeValue.fromS(pk),
                        ":prefix", AttributeValue.fromS(prefix))))
        .items();
  }
}
