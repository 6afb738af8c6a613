package dev.ringfence.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.operation.MachineEffect;
import dev.ringfence.operation.Outcome;
import dev.ringfence.swap.SwapMove.Failed.Root;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RootSwapTest {
  /** Two days of minutes: longer than any swap may last. */
  private static final int LOOKS_MAX = 48 * 60;

  private final Bench bench = new Bench();

  @Test
  void runningMachine_isExchangedInThisOrder() {
    assertInstanceOf(SwapMove.Finished.class, run(bench));
    assertEquals(
        List.of(
            "CaptureEvidence",
            "StopMachine",
            "CreateVolume",
            "DetachVolume",
            "AttachVolume",
            "SetDeleteOnTermination",
            "StartMachine",
            "TagVolume"),
        bench.deeds);
    assertEquals("vol-new0", bench.root);
    assertTrue(bench.setting);
  }

  @Test
  void memberOfAGroup_isInStandbyWhileItIsStopped() {
    bench.lifecycle = "InService";
    assertInstanceOf(SwapMove.Finished.class, run(bench));
    assertEquals("EnterStandby", bench.deeds.get(1));
    assertEquals(
        List.of("ExitStandby", "TagVolume"),
        bench.deeds.subList(bench.deeds.size() - 2, bench.deeds.size()));
    assertEquals("InService", bench.lifecycle);
  }

  @Test
  void memberThatAPersonPutInStandby_isLeftThere() {
    bench.lifecycle = "Standby";
    assertInstanceOf(SwapMove.Finished.class, run(bench));
    assertEquals("Standby", bench.lifecycle);
  }

  @Test
  void machineThatWasLeftWithoutARoot_getsItsNewOne() {
    bench.root = null;
    bench.state = "stopped";
    assertInstanceOf(SwapMove.Finished.class, run(bench));
    assertEquals("vol-new0", bench.root);
  }

  @Test
  void spotMachine_isRefusedBeforeAnythingIsDone() {
    bench.spot = true;
    assertEquals(Root.OLD, failed(run(bench)).root());
    assertEquals(List.of(), bench.deeds);
  }

  @Test
  void spotMachineThatWasLeftWithoutARoot_isStartedOnlyWithOne() {
    bench.spot = true;
    bench.root = null;
    assertInstanceOf(SwapMove.Finished.class, run(bench));
    assertEquals("vol-new0", bench.root);
    assertEquals("running", bench.state);
  }

  @Test
  void spotMachineWithItsNewRootThatCannotStart_keepsIt() {
    bench.spot = true;
    bench.root = null;
    bench.grantMissing = true;
    assertEquals(Root.NEW, failed(run(bench)).root());
    assertEquals("vol-new0", bench.root);
  }

  @Test
  void spotMachineThatCannotBeStopped_isLeftAsItIsWithoutWaitingForHours() {
    bench.spot = true;
    bench.root = null;
    bench.unstoppable = true;
    java.time.Instant began = bench.now;
    assertEquals(Root.NONE, failed(run(bench)).root());
    assertEquals("running", bench.state);
    assertTrue(bench.now.isBefore(began.plus(Duration.ofHours(1))), bench.now.toString());
  }

  @Test
  void keyThatMayNotBeUsed_leavesTheOldRootWhereItIs() {
    bench.keyForbidden = true;
    SwapMove.Failed failed = failed(run(bench));
    assertEquals(Root.OLD, failed.root());
    assertTrue(failed.reason().contains("error"), failed.reason());
    assertEquals("running", bench.state);
    assertTrue(bench.deeds.stream().noneMatch(deed -> deed.equals("DetachVolume")));
  }

  @Test
  void grantThatIsMissing_bringsTheOldRootBackAndSaysWhy() {
    bench.grantMissing = true;
    SwapMove.Failed failed = failed(run(bench));
    assertEquals(Root.OLD, failed.root());
    assertEquals("vol-old", bench.root);
    assertTrue(bench.setting, "its setting of deletion on termination is back");
    assertTrue(failed.reason().contains("Client.InternalError"), failed.reason());
  }

  @Test
  void wantOfCapacity_leavesTheNewRootInPlace() {
    bench.noCapacity = true;
    SwapMove.Failed failed = failed(run(bench));
    assertEquals(Root.NEW, failed.root());
    assertTrue(failed.lacksCapacity(), failed.reason());
    assertEquals("vol-new0", bench.root);
  }

  @Test
  void rootThatSomebodyElseAttached_isNotTouched() {
    bench.root = "vol-rescue";
    assertEquals(Root.OTHER, failed(run(bench)).root());
    assertEquals("vol-rescue", bench.root);
    assertEquals(List.of(), bench.deeds);
  }

  @Test
  void oldRootThatIsGone_isSaidAndTheRestGoesOn() {
    bench.root = null;
    bench.state = "stopped";
    bench.keyForbidden = true;
    bench.gone.add("vol-old");
    assertEquals(Root.NONE, failed(run(bench)).root());
  }

  @Test
  void keysAreClientTokens() {
    Swap swap = RootSwap.begin(Bench.order(), Bench.START);
    for (SwapStep step : SwapStep.values()) {
      Swap often = swap;
      for (int n = 0; n < 999; n++) {
        often = often.begin(step, Bench.START, "web");
      }
      assertTrue(Effects.key(often, step).length() <= 64, Effects.key(often, step));
    }
  }

  static LongStream seeds() {
    return LongStream.range(0, 2_000);
  }

  /**
   * Functions die before and after each call, answers are lost, lists lag behind, calls are refused
   * for a while: never two roots, never a strange one, never none at the end.
   */
  @ParameterizedTest
  @MethodSource("seeds")
  void worldThatMisbehaves_leavesOneRootOfTwoAndEnds(long seed) {
    Random dice = new Random(seed);
    bench.lifecycle = dice.nextBoolean() ? "InService" : null;
    bench.grantMissing = dice.nextInt(5) == 0;
    bench.keyForbidden = dice.nextInt(5) == 0;
    bench.root = dice.nextInt(6) == 0 ? null : "vol-old";
    boolean helpless = bench.root == null && bench.lifecycle != null;
    SwapMove end = run(bench, dice);
    if (helpless && end instanceof SwapMove.Failed failed && failed.root() == Root.NONE) {
      // It had none when it was found, and its group would have terminated it at the first step.
      assertEquals("InService", bench.lifecycle);
      return;
    }
    Set<String> ours = Set.of("vol-old", "vol-new0", "vol-new1", "vol-new2");
    assertTrue(
        bench.root != null && ours.contains(bench.root),
        () -> "seed " + seed + ": " + bench.root + ", " + bench.deeds + ", " + end);
    switch (end) {
      case SwapMove.Finished f -> {
        assertEquals(f.swap().newVolume(), bench.root, "seed " + seed);
        assertEquals("running", bench.state, "seed " + seed);
      }
      case SwapMove.Failed f ->
          assertEquals(Root.OLD.equals(f.root()) ? "vol-old" : f.swap().newVolume(), bench.root);
      case SwapMove.Act a -> throw new AssertionError(a);
      case SwapMove.Waiting w -> throw new AssertionError(w);
    }
  }

  private static SwapMove run(Bench bench) {
    Swap swap = RootSwap.begin(Bench.order(), bench.now);
    for (int n = 0; n < LOOKS_MAX; n++) {
      Bench.Look look = bench.look();
      SwapMove move = RootSwap.next(swap, look.rig(), look.volumes(), bench.now);
      assertEquals(move, RootSwap.next(swap, look.rig(), look.volumes(), bench.now));
      swap = move.swap();
      if (move instanceof SwapMove.Finished || move instanceof SwapMove.Failed) {
        return move;
      }
      Optional<MachineEffect> effect = RootSwap.effect(swap);
      if (effect.isPresent()) {
        swap = RootSwap.settle(swap, bench.perform(effect.get()));
      }
      bench.pass(Duration.ofMinutes(1));
    }
    throw new AssertionError("it does not end: " + swap);
  }

  private static SwapMove run(Bench bench, Random dice) {
    Swap swap = RootSwap.begin(Bench.order(), bench.now);
    for (int n = 0; n < LOOKS_MAX; n++) {
      bench.look();
      Bench.Look look = bench.stale(dice.nextInt(4) == 0 ? dice.nextInt(4) : 0);
      SwapMove move = RootSwap.next(swap, look.rig(), look.volumes(), bench.now);
      boolean ended = move instanceof SwapMove.Finished || move instanceof SwapMove.Failed;
      if (dice.nextInt(8) > 0) {
        swap = move.swap();
        if (ended) {
          return move;
        }
        swap = attempt(bench, swap, dice);
      }
      bench.pass(Duration.ofSeconds(20 + dice.nextInt(40)));
    }
    throw new AssertionError("it does not end: " + swap);
  }

  private static Swap attempt(Bench bench, Swap swap, Random dice) {
    Optional<MachineEffect> effect = RootSwap.effect(swap);
    if (effect.isEmpty()) {
      return swap;
    }
    MachineEffect due = effect.get();
    return switch (dice.nextInt(8)) {
      case 0 -> swap;
      case 1 -> RootSwap.settle(swap, new Outcome.Unsettled(due.key(), "no answer"));
      case 2 -> RootSwap.settle(swap, Bench.refused(due, "IncorrectState"));
      case 3 -> {
        bench.perform(due);
        yield swap;
      }
      case 4 -> {
        bench.perform(due);
        yield RootSwap.settle(swap, new Outcome.Unsettled(due.key(), "no answer"));
      }
      default -> RootSwap.settle(swap, bench.perform(due));
    };
  }

  private static SwapMove.Failed failed(SwapMove move) {
    return assertInstanceOf(SwapMove.Failed.class, move);
  }
}
