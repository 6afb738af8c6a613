package dev.ringfence.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.operation.MachineEffect;
import dev.ringfence.operation.Outcome;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several volumes of one machine, all exchanged or none. */
class StandstillTest {
  /** Far more looks than any run needs. */
  private static final int LOOKS_MAX = 5_000;

  private final Shelf shelf = new Shelf();

  @Test
  void everythingWell_exchangesAllInOneStandstill() {
    shelf.lifecycle = "InService";
    assertInstanceOf(Standstill.Step.Finished.class, run());
    assertTrue(shelf.isExchanged(), () -> "" + shelf.at);
    assertEquals("running", shelf.state);
    assertEquals("InService", shelf.lifecycle);
    for (String deed : List.of("StopMachine", "StartMachine", "EnterStandby", "ExitStandby")) {
      assertEquals(1, shelf.deeds.stream().filter(one -> one.startsWith(deed)).count(), deed);
    }
    assertEquals(true, shelf.deletes.get(Shelf.ROOT));
    assertEquals(false, shelf.deletes.get("/dev/sdf"));
    assertEquals(
        Shelf.DEVICES.stream().map(Shelf::old).collect(Collectors.toSet()), shelf.expiring);
  }

  /** Data of one day and a root of another may not fit together. */
  @Test
  void laterVolumeThatCannotBeMade_undoesTheEarlierOnes() {
    for (String device : List.of("/dev/sdg", Shelf.ROOT)) {
      Shelf one = new Shelf();
      one.forbiddenSnapshot = Shelf.snapshot(device);
      Standstill.Step.Failed failed = failed(run(one));
      assertTrue(one.isAsBefore(), () -> "" + one.at);
      assertEquals("running", one.state);
      assertTrue(failed.reason().contains("came to the state error"), failed.reason());
      assertTrue(
          failed.reason().endsWith("its old volume at /dev/sdf is attached"), failed.reason());
      assertFalse(failed.barren());
      assertEquals(true, one.deletes.get(Shelf.ROOT));
    }
  }

  @Test
  void rootThatDoesNotStart_undoesEverything() {
    shelf.grantMissing = true;
    Standstill.Step.Failed failed = failed(run());
    assertTrue(shelf.isAsBefore(), () -> "" + shelf.at);
    assertEquals("running", shelf.state);
    assertTrue(failed.reason().contains("Client.InternalError"), failed.reason());
    assertEquals(Set.of(), shelf.expiring);
  }

  @Test
  void standstillThatIsGivenUp_endsAsItBegan() {
    for (int after = 0; after < 40; after++) {
      Shelf one = new Shelf();
      Standstill.Step end = run(one, after);
      if (!(end instanceof Standstill.Step.Finished)) {
        assertTrue(one.isAsBefore(), "given up after " + after + " looks: " + one.at);
        assertEquals("running", one.state, "given up after " + after);
        assertEquals(Set.of(), one.expiring, "given up after " + after);
      }
    }
  }

  static LongStream seeds() {
    return LongStream.range(0, 2_000);
  }

  /**
   * Functions die before and after each call, answers are lost, lists lag behind, calls are refused
   * for a while: never two at one device, never none in the end, never the wrong one.
   */
  @ParameterizedTest
  @MethodSource("seeds")
  void worldThatMisbehaves_leavesEveryDeviceItsOwnVolume(long seed) {
    Random dice = new Random(seed);
    shelf.lifecycle = dice.nextBoolean() ? "InService" : null;
    shelf.grantMissing = dice.nextInt(5) == 0;
    shelf.forbiddenSnapshot =
        dice.nextInt(4) == 0 ? Shelf.snapshot(Shelf.DEVICES.get(dice.nextInt(3))) : null;
    Standstill.Step end = run(dice);
    String where = "seed " + seed + ": " + shelf.at + ", " + end + ", " + shelf.deeds;
    for (String device : Shelf.DEVICES) {
      String volume = shelf.at.get(device);
      assertTrue(
          Shelf.old(device).equals(volume)
              || String.valueOf(volume).startsWith("vol-" + Shelf.snapshot(device)),
          where);
    }
    assertTrue(Collections.disjoint(shelf.at.values(), shelf.expiring), where);
    boolean runs = shelf.state.equals("running");
    if (end instanceof Standstill.Step.Finished) {
      assertTrue(shelf.isExchanged() && runs, where);
    } else {
      // One that serves in its group again is not stopped any more, whatever a list has shown.
      boolean serves = "InService".equals(shelf.lifecycle) && runs;
      assertTrue(shelf.isAsBefore() || (shelf.isExchanged() && serves), where);
    }
  }

  private Standstill.Step run() {
    return run(shelf);
  }

  private static Standstill.Step run(Shelf shelf) {
    return run(shelf, LOOKS_MAX);
  }

  /**
   * @param givenUpAfter so many looks
   */
  private static Standstill.Step run(Shelf shelf, int givenUpAfter) {
    Standstill still = Standstill.begin(Shelf.orders(), shelf.now);
    for (int n = 0; n < LOOKS_MAX; n++) {
      Shelf.Look look = shelf.look();
      if (n == givenUpAfter) {
        still = still.giveUp("somebody halted it", shelf.now);
      }
      Standstill.Step step = still.next(look.rig(), look.volumes(), shelf.now);
      assertEquals(step, still.next(look.rig(), look.volumes(), shelf.now));
      still = step.standstill();
      if (!(step instanceof Standstill.Step.Goes)) {
        return step;
      }
      Optional<MachineEffect> effect = still.effect();
      if (effect.isPresent()) {
        still = still.settle(shelf.perform(effect.get()));
      }
      shelf.pass(Duration.ofMinutes(1));
    }
    throw new AssertionError("it does not end: " + still);
  }

  private Standstill.Step run(Random dice) {
    Standstill still = Standstill.begin(Shelf.orders(), shelf.now);
    for (int n = 0; n < LOOKS_MAX; n++) {
      shelf.look();
      Shelf.Look look = shelf.stale(dice.nextInt(4) == 0 ? dice.nextInt(4) : 0);
      Standstill.Step step = still.next(look.rig(), look.volumes(), shelf.now);
      if (dice.nextInt(8) > 0) {
        still = step.standstill();
        if (!(step instanceof Standstill.Step.Goes)) {
          return step;
        }
        still = attempt(still, dice);
      }
      shelf.pass(Duration.ofSeconds(20 + dice.nextInt(40)));
    }
    throw new AssertionError("it does not end: " + still);
  }

  private Standstill attempt(Standstill still, Random dice) {
    Optional<MachineEffect> effect = still.effect();
    if (effect.isEmpty()) {
      return still;
    }
    MachineEffect due = effect.get();
    return switch (dice.nextInt(8)) {
      case 0 -> still;
      case 1 -> still.settle(new Outcome.Unsettled(due.key(), "no answer"));
      case 2 -> still.settle(Shelf.refused(due, "IncorrectState"));
      case 3 -> {
        shelf.perform(due);
        yield still;
      }
      case 4 -> {
        shelf.perform(due);
        yield still.settle(new Outcome.Unsettled(due.key(), "no answer"));
      }
      default -> still.settle(shelf.perform(due));
    };
  }

  private static Standstill.Step.Failed failed(Standstill.Step step) {
    return assertInstanceOf(Standstill.Step.Failed.class, step);
  }
}
