package dev.ringfence.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringfence.engine.Store.StaleWrite;
import dev.ringfence.operation.Custody;
import dev.ringfence.operation.MachineClaim;
import dev.ringfence.operation.Operation;
import dev.ringfence.record.Trial.TrialHead;
import dev.ringfence.record.Trial.TrialPart;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What operations may expect of the custody of machines in any store, besides all the rest. */
abstract class CustodyContract extends LaneContract {
  private static final String MACHINE = "i-1";
  private static final String RELEASE = "falcon 7.16.1";

  private static MachineClaim.Take take(String holder) {
    return new MachineClaim.Take(MACHINE, holder, null, null);
  }

  private Custody custody() {
    return store().custody(Set.of(MACHINE)).getOrDefault(MACHINE, Custody.NOBODY);
  }

  @Test
  void machineThatNobodyTook_isNobodys() {
    assertEquals(
        Map.of(MACHINE, Custody.NOBODY, "i-2", Custody.NOBODY),
        store().custody(Set.of(MACHINE, "i-2")));
  }

  @Test
  void machineTaken_isHeldUntilItIsGivenBack_andTakingAgainIsHarmless() {
    commitClaims(created(ID, 0), take(ID));
    commitClaims(loaded(ID), take(ID));
    assertEquals(new Custody(ID, false, Map.of()), custody());
    commitClaims(loaded(ID), new MachineClaim.GiveBack(MACHINE, ID));
    assertEquals(Custody.NOBODY, custody());
    commitClaims(created("restore-2", 0), take("restore-2"));
    assertEquals(new Custody("restore-2", false, Map.of()), custody());
  }

  @Test
  void machineHeldByAnother_refusesTheWholeCommit() {
    commitClaims(created(ID, 0), take(ID));
    Operation<TrialHead, TrialPart> second = created("restore-2", 1);
    MachineClaim free = new MachineClaim.Take("i-2", "restore-2", null, RELEASE);
    assertThrows(StaleWrite.class, () -> commitClaims(second, free, take("restore-2")));
    assertThrows(
        StaleWrite.class,
        () -> commitClaims(second, new MachineClaim.GiveBack(MACHINE, "restore-2")));
    assertEquals(second, loaded("restore-2"));
    assertEquals(
        Map.of(MACHINE, new Custody(ID, false, Map.of()), "i-2", Custody.NOBODY),
        store().custody(Set.of(MACHINE, "i-2")));
  }

  @Test
  void machineHeldByWhoIsOver_isTakenByNamingThem() {
    commitClaims(created(ID, 0), take(ID));
    commit(loaded(ID), Trial.ended(ID), List.of());
    Custody left = new Custody(ID, true, Map.of());
    assertEquals(left, custody());
    Operation<TrialHead, TrialPart> second = created("restore-2", 0);
    assertThrows(StaleWrite.class, () -> commitClaims(second, take("restore-2")));
    commitClaims(second, new MachineClaim.Take(MACHINE, "restore-2", left.left(), null));
    assertEquals(new Custody("restore-2", false, Map.of()), custody());
    Operation<TrialHead, TrialPart> late = created("restore-3", 0);
    assertThrows(
        StaleWrite.class,
        () -> commitClaims(late, new MachineClaim.Take(MACHINE, "restore-3", left.left(), null)));
  }

  @Test
  void machineRestoredFromAReleaseWithoutAPerson_isSoOnlyOnce() {
    MachineClaim first = new MachineClaim.Take(MACHINE, ID, null, RELEASE);
    commitClaims(created(ID, 0), first);
    commitClaims(loaded(ID), first);
    commitClaims(loaded(ID), new MachineClaim.GiveBack(MACHINE, ID));
    assertEquals(new Custody(null, false, Map.of(RELEASE, ID)), custody());
    Operation<TrialHead, TrialPart> second = created("restore-2", 0);
    assertThrows(
        StaleWrite.class,
        () -> commitClaims(second, new MachineClaim.Take(MACHINE, "restore-2", null, RELEASE)));
    commitClaims(second, take("restore-2"));
    assertEquals(new Custody("restore-2", false, Map.of(RELEASE, ID)), custody());
  }

  @Test
  void tenRestoresThatTakeOneMachine_oneGetsIt() throws Exception {
    List<Operation<TrialHead, TrialPart>> all =
        IntStream.range(0, 10).mapToObj(i -> created("r" + i, 0)).toList();
    List<Boolean> answers =
        concurrently(
            10,
            i -> {
              try {
                commitClaims(all.get(i), take("r" + i));
                return true;
              } catch (StaleWrite e) {
                return false;
              }
            });
    assertEquals(1, answers.stream().filter(won -> won).count());
    assertEquals(new Custody("r" + answers.indexOf(true), false, Map.of()), custody());
  }
}
