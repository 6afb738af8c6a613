package dev.ringfence.record;

import static dev.ringfence.record.Trial.FORM;
import static dev.ringfence.record.Trial.START;
import static dev.ringfence.record.Trial.ended;
import static dev.ringfence.record.Trial.head;
import static dev.ringfence.record.Trial.part;
import static dev.ringfence.record.Trial.parts;
import static dev.ringfence.record.Trial.running;
import static dev.ringfence.record.Trial.updating;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.engine.Store;
import dev.ringfence.engine.Store.StaleWrite;
import dev.ringfence.operation.Claim;
import dev.ringfence.operation.Decision.LaneClaim;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Part;
import dev.ringfence.operation.Request;
import dev.ringfence.record.Trial.TrialHead;
import dev.ringfence.record.Trial.TrialPart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What operations may expect of any store. */
abstract class StoreContract {
  /** Versions of these tests are single letters and numbers; longer is newer, then by letters. */
  static final Comparator<String> AGE =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  static final String ID = "rollout-1";
  static final Request HALT = new Request(Request.Wish.HALT, "alarm-cpu", "it fires", START);

  /** An empty store, the same during one test. */
  abstract Store store();

  static JournalEntry entry(int second, String what) {
    return new JournalEntry(START.plusSeconds(second), "beat", what, "evidence of " + what);
  }

  Operation<TrialHead, TrialPart> created(String id, int parts) {
    assertTrue(store().create(FORM, head(id), parts(parts), List.of(entry(0, "created"))));
    return loaded(id);
  }

  Operation<TrialHead, TrialPart> loaded(String id) {
    return store().load(FORM, id).orElseThrow();
  }

  Operation<TrialHead, TrialPart> commit(
      Operation<TrialHead, TrialPart> before, TrialHead head, List<TrialPart> parts) {
    return store().commit(FORM, before, before.with(head, parts), List.of(), List.of());
  }

  void commitClaims(Operation<TrialHead, TrialPart> before, Claim... claims) {
    store().commit(FORM, before, before, List.of(), List.of(claims));
  }

  @Test
  void whatIsCreated_isLoadedAsItWas() {
    created(ID, 3);
    assertEquals(new Operation<>(head(ID), parts(3), null, 1), loaded(ID));
    assertEquals(List.of(entry(0, "created")), store().journal(ID));
  }

  @Test
  void whatWasNeverCreated_isNotThere() {
    assertEquals(Optional.empty(), store().load(FORM, "nothing"));
    assertFalse(store().isAt("nothing", 0));
    assertEquals(List.of(), store().journal("nothing"));
  }

  @Test
  void createdWithoutPartsOrJournal_isThere() {
    assertTrue(store().create(FORM, head(ID), List.of(), List.of()));
    assertEquals(new Operation<>(head(ID), List.of(), null, 1), loaded(ID));
  }

  @Test
  void createdTwice_keepsTheFirst() {
    created(ID, 2);
    assertFalse(
        store().create(FORM, running(ID, 7).watching("a"), parts(1), List.of(entry(9, "second"))));
    assertEquals(new Operation<>(head(ID), parts(2), null, 1), loaded(ID));
    assertEquals(List.of(entry(0, "created")), store().journal(ID));
    assertEquals(List.of(), store().watchersOf("a"));
  }

  @Test
  void tenConcurrentCreates_startOne() throws Exception {
    List<Boolean> answers =
        concurrently(
            10,
            i -> store().create(FORM, running(ID, i), parts(i + 1), List.of(entry(i, "c" + i))));
    assertEquals(1, answers.stream().filter(won -> won).count());
    int winner = answers.indexOf(true);
    assertEquals(new Operation<>(running(ID, winner), parts(winner + 1), null, 1), loaded(ID));
    assertEquals(List.of(entry(winner, "c" + winner)), store().journal(ID));
  }

  @Test
  void readAsAnotherKind_isABug() {
    created(ID, 0);
    assertThrows(IllegalStateException.class, () -> store().load(Trial.RESTORE, ID));
  }

  @Test
  void committed_isLoadedWithItsNewVersion() {
    Operation<TrialHead, TrialPart> before = created(ID, 3);
    List<TrialPart> after = new ArrayList<>(before.parts());
    after.set(1, after.get(1).all(updating("cmd-1")));
    Operation<TrialHead, TrialPart> stored =
        store()
            .commit(
                FORM,
                before,
                before.with(running(ID, 1), after),
                List.of(entry(1, "started"), entry(1, "sent")),
                List.of());
    assertEquals(new Operation<>(running(ID, 1), after, null, 2), stored);
    assertEquals(stored, loaded(ID));
    assertEquals(
        List.of(entry(0, "created"), entry(1, "started"), entry(1, "sent")), store().journal(ID));
  }

  @Test
  void manyCommitsInARow_areAllThere() {
    Operation<TrialHead, TrialPart> now = created(ID, 2);
    for (int beat = 1; beat <= 5; beat++) {
      List<TrialPart> next = new ArrayList<>(now.parts());
      next.set(beat % 2, next.get(beat % 2).all(updating("cmd-" + beat)));
      next.add(part(now.parts().size()));
      now = commit(now, running(ID, beat), next);
      assertEquals(now, loaded(ID));
    }
    assertEquals(6, now.version());
    assertEquals(7, now.parts().size());
  }

  @Test
  void staleCommit_changesNothing() {
    Operation<TrialHead, TrialPart> before = created(ID, 2);
    Operation<TrialHead, TrialPart> first = commit(before, running(ID, 1), before.parts());
    List<TrialPart> more = new ArrayList<>(before.parts());
    more.set(0, more.get(0).all(updating("stale")));
    more.add(part(2));
    assertThrows(
        StaleWrite.class,
        () ->
            store()
                .commit(
                    FORM,
                    before,
                    before.with(running(ID, 2), more),
                    List.of(entry(5, "stale")),
                    List.of(new LaneClaim.Take(LaneContract.LANE, ID))));
    assertEquals(first, loaded(ID));
    assertEquals(List.of(entry(0, "created")), store().journal(ID));
    assertEquals(null, store().lane(LaneContract.LANE).holder());
  }

  @Test
  void staleCommitOfTheHeadAlone_changesNothing() {
    Operation<TrialHead, TrialPart> before = created(ID, 1);
    Operation<TrialHead, TrialPart> first = commit(before, running(ID, 1), before.parts());
    assertThrows(StaleWrite.class, () -> commit(before, running(ID, 2), before.parts()));
    assertEquals(first, loaded(ID));
  }

  @Test
  void commitOfWhatIsNotThere_isStale() {
    Operation<TrialHead, TrialPart> never = new Operation<>(head(ID), parts(1), null, 4);
    assertThrows(StaleWrite.class, () -> commit(never, running(ID, 1), never.parts()));
    assertEquals(Optional.empty(), store().load(FORM, ID));
  }

  /** Two beats that decide the very same must not both believe that they may act on it. */
  @Test
  void tenConcurrentEqualCommits_oneWins() throws Exception {
    Operation<TrialHead, TrialPart> before = created(ID, 1);
    List<Boolean> answers =
        concurrently(
            10,
            i -> {
              try {
                commit(before, running(ID, 1), parts(2));
                return true;
              } catch (StaleWrite e) {
                return false;
              }
            });
    assertEquals(1, answers.stream().filter(won -> won).count());
    assertEquals(new Operation<>(running(ID, 1), parts(2), null, 2), loaded(ID));
  }

  @Test
  void moreThanEightyNewParts_areOneCommit() {
    Operation<TrialHead, TrialPart> before = created(ID, 1);
    Operation<TrialHead, TrialPart> after = commit(before, running(ID, 1), parts(130));
    assertEquals(after, loaded(ID));
  }

  @Test
  void eightyChangedParts_areOneCommitAndMoreAreRefused() {
    Operation<TrialHead, TrialPart> before = created(ID, Store.PARTS_PER_COMMIT + 1);
    List<TrialPart> after = new ArrayList<>(before.parts());
    for (int i = 0; i < Store.PARTS_PER_COMMIT; i++) {
      after.set(i, after.get(i).all(updating("cmd-" + i)));
    }
    Operation<TrialHead, TrialPart> stored = commit(before, running(ID, 1), after);
    assertEquals(stored, loaded(ID));
    List<TrialPart> all = stored.parts().stream().map(p -> p.all(updating("all"))).toList();
    assertThrows(IllegalStateException.class, () -> commit(stored, running(ID, 2), all));
    assertEquals(stored, loaded(ID));
  }

  @Test
  void partsThatVanishOrMiscount_areRefused() {
    Operation<TrialHead, TrialPart> before = created(ID, 2);
    assertThrows(IllegalStateException.class, () -> commit(before, running(ID, 1), parts(1)));
    assertThrows(
        IllegalStateException.class,
        () -> commit(before, running(ID, 1), List.of(part(1), part(0))));
    assertEquals(before, loaded(ID));
  }

  @Test
  void partThatIsLargerThanAnItem_isRefusedBeforeAnythingIsWritten() {
    Operation<TrialHead, TrialPart> before = created(ID, 1);
    TrialPart huge = part(1).all(updating(noise(600_000)));
    assertThrows(
        IllegalStateException.class, () -> commit(before, running(ID, 1), List.of(part(0), huge)));
    assertEquals(before, loaded(ID));
    TrialHead hugeHead = head(ID).in(new Trial.Phase.Ended(noise(600_000)));
    assertThrows(IllegalStateException.class, () -> commit(before, hugeHead, before.parts()));
    assertEquals(before, loaded(ID));
  }

  @Test
  void partsOfMoreThanOnePage_areAllLoaded() {
    List<TrialPart> bulky =
        IntStream.range(0, 6)
            .mapToObj(i ->
                new TrialPart(
                    i, part(i).all(updating(noise(150_000 + i))).machines().subList(0, 2)))
            .toList();
    store().create(FORM, head(ID), bulky, List.of());
    assertEquals(bulky, loaded(ID).parts());
  }

  @Test
  void journal_isOrderedByTimeAndThenByCommit() {
    Operation<TrialHead, TrialPart> now = created(ID, 0);
    now = store().commit(FORM, now, now, List.of(entry(10, "a"), entry(10, "b")), List.of());
    store().commit(FORM, now, now, List.of(entry(10, "c")), List.of());
    store().note(ID, entry(5, "early note"));
    store().note(ID, entry(11, "late note"));
    assertEquals(
        List.of(
            entry(0, "created"),
            entry(5, "early note"),
            entry(10, "a"),
            entry(10, "b"),
            entry(10, "c"),
            entry(11, "late note")),
        store().journal(ID));
  }

  @Test
  void notedTwice_standsOnce() {
    store().note(ID, entry(1, "refused"));
    store().note(ID, entry(1, "refused"));
    store().note(ID, entry(1, "another"));
    assertEquals(Set.of(entry(1, "refused"), entry(1, "another")), Set.copyOf(store().journal(ID)));
    assertEquals(2, store().journal(ID).size());
  }

  @Test
  void journalOfMoreThanOneItemAndPage_isWhole() {
    Operation<TrialHead, TrialPart> now = created(ID, 0);
    List<JournalEntry> long1 = IntStream.range(0, 9).mapToObj(i -> bulky(1, i)).toList();
    List<JournalEntry> long2 = IntStream.range(0, 9).mapToObj(i -> bulky(2, i)).toList();
    now = store().commit(FORM, now, now, long1, List.of());
    store().commit(FORM, now, now, long2, List.of());
    List<JournalEntry> all = new ArrayList<>(List.of(entry(0, "created")));
    all.addAll(long1);
    all.addAll(long2);
    assertEquals(all, store().journal(ID));
  }

  @Test
  void asked_standsAndCountsTheVersionUp() {
    created(ID, 1);
    assertTrue(store().ask(ID, HALT));
    assertEquals(new Operation<>(head(ID), parts(1), HALT, 2), loaded(ID));
  }

  @Test
  void askedAgain_keepsTheFirst() {
    created(ID, 0);
    assertTrue(store().ask(ID, HALT));
    Request again = new Request(Request.Wish.HALT, "somebody", "again", START.plusSeconds(9));
    assertFalse(store().ask(ID, again));
    assertEquals(new Operation<>(head(ID), List.of(), HALT, 2), loaded(ID));
  }

  @Test
  void askedOfNothingOrOfTheEnded_isRefused() {
    assertFalse(store().ask(ID, HALT));
    assertEquals(Optional.empty(), store().load(FORM, ID));
    Operation<TrialHead, TrialPart> over = commit(created(ID, 0), ended(ID), List.of());
    assertFalse(store().ask(ID, HALT));
    assertEquals(over, loaded(ID));
  }

  @Test
  void askedDuringABeat_makesItsCommitStale() {
    Operation<TrialHead, TrialPart> before = created(ID, 1);
    assertTrue(store().ask(ID, HALT));
    assertThrows(StaleWrite.class, () -> commit(before, running(ID, 1), before.parts()));
    assertThrows(StaleWrite.class, () -> commit(before, running(ID, 1), parts(2)));
    assertEquals(new Operation<>(head(ID), parts(1), HALT, 2), loaded(ID));
  }

  @Test
  void request_standsUntilACommitAnswersIt() {
    created(ID, 0);
    store().ask(ID, HALT);
    Operation<TrialHead, TrialPart> asked = loaded(ID);
    Operation<TrialHead, TrialPart> carried = commit(asked, running(ID, 1), List.of());
    assertEquals(HALT, loaded(ID).request());
    store()
        .commit(
            FORM,
            carried,
            new Operation<>(running(ID, 2), List.of(), null, carried.version()),
            List.of(entry(3, "halted")),
            List.of());
    assertEquals(new Operation<>(running(ID, 2), List.of(), null, 4), loaded(ID));
    assertTrue(store().ask(ID, HALT));
  }

  @Test
  void tenConcurrentAsks_oneIsTaken() throws Exception {
    created(ID, 0);
    List<Boolean> answers =
        concurrently(
            10, i -> store().ask(ID, new Request(Request.Wish.HALT, "alarm-" + i, "fires", START)));
    assertEquals(1, answers.stream().filter(won -> won).count());
    assertEquals(
        new Request(Request.Wish.HALT, "alarm-" + answers.indexOf(true), "fires", START),
        loaded(ID).request());
    assertEquals(2, loaded(ID).version());
  }

  @Test
  void isAt_tellsWhetherAnybodyWrote() {
    created(ID, 0);
    assertTrue(store().isAt(ID, 1));
    store().ask(ID, HALT);
    assertFalse(store().isAt(ID, 1));
    assertTrue(store().isAt(ID, 2));
  }

  @Test
  void watchers_areTheOperationsThatGoOn() {
    for (String id : List.of("one", "two", "three")) {
      store().create(FORM, head(id).watching("cpu", "only-" + id), List.of(), List.of());
    }
    assertEquals(Set.of("one", "two", "three"), Set.copyOf(store().watchersOf("cpu")));
    assertEquals(List.of("two"), store().watchersOf("only-two"));
    assertEquals(List.of(), store().watchersOf("memory"));
    commit(loaded("one"), ended("one"), List.of());
    assertEquals(Set.of("two", "three"), Set.copyOf(store().watchersOf("cpu")));
    store().unwatch("two", Set.of("cpu", "never named"));
    store().unwatch("two", Set.of("cpu"));
    assertEquals(List.of("three"), store().watchersOf("cpu"));
    assertEquals(List.of("two"), store().watchersOf("only-two"));
  }

  @Test
  void pointers_areNewestFirstAndStandOnce() {
    String machine = Trial.machine(0, 0);
    Instant later = START.plusNanos(1);
    store().point("older", 3, List.of(machine, machine), START);
    store()
        .point(
            "newer",
            4,
            IntStream.range(0, Part.MACHINES_MAX).mapToObj(i -> Trial.machine(0, i)).toList(),
            later);
    store().point("older", 3, List.of(machine), START);
    assertEquals(
        List.of(
            new Store.Pointer(machine, "newer", 4, later),
            new Store.Pointer(machine, "older", 3, START)),
        store().pointersOf(machine));
    assertEquals(
        List.of(new Store.Pointer(Trial.machine(0, 49), "newer", 4, later)),
        store().pointersOf(Trial.machine(0, 49)));
    assertEquals(List.of(), store().pointersOf("i-nothing"));
  }

  @Test
  void policy_isTheLastThatWasPut() {
    assertEquals(Optional.empty(), store().policy("agent"));
    store().putPolicy("agent", "{\"rings\":1}");
    store().putPolicy("agent", "{\"rings\":2}");
    assertEquals(Optional.of("{\"rings\":2}"), store().policy("agent"));
    assertEquals(Optional.empty(), store().policy("driver"));
  }

  interface Numbered<T> {
    T run(int number) throws Exception;
  }

  static <T> List<T> concurrently(int times, Numbered<T> what) throws Exception {
    try (var threads = Executors.newFixedThreadPool(times)) {
      List<Callable<T>> calls =
          IntStream.range(0, times).<Callable<T>>mapToObj(i -> () -> what.run(i)).toList();
      List<T> answers = new ArrayList<>();
      for (Future<T> answer : threads.invokeAll(calls)) {
        answers.add(answer.get());
      }
      return answers;
    }
  }

  private static JournalEntry bulky(int second, int number) {
    return entry(second, number + " " + noise(70_000));
  }

  /** Text that does not shrink; the seed is its length, so that it is the same each time. */
  static String noise(int chars) {
    Random random = new Random(chars);
    return random
        .ints(chars, '0', 'z')
        .filter(c -> c != '\\')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
