package dev.ringfence.rollout;

import static dev.ringfence.rollout.Given.START;
import static dev.ringfence.rollout.Scenes.decide;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.health.Check;
import dev.ringfence.health.Vitals;
import dev.ringfence.operation.Decision;
import dev.ringfence.operation.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Machines that somebody terminates while they are watched. */
class VanishedTest {
  private static Instant plus(long minutes) {
    return START.plus(Duration.ofMinutes(minutes));
  }

  private static Vitals gone(String state, Instant at) {
    return new Vitals(
        at,
        new Vitals.Ec2(state, Check.UNKNOWN, Check.UNKNOWN, Check.UNKNOWN),
        new Vitals.Agent(at.minus(Duration.ofHours(1))));
  }

  private static List<String> lastRing(Operation<Rollout, Batch> operation) {
    return Scenes.machines(operation, operation.head().planned().rings().size() - 1);
  }

  /** The first machines of the last ring are gone, all others are well. */
  private static Decision<Rollout, Batch> whenGone(
      Operation<Rollout, Batch> operation, int count, String state, Instant at) {
    Sights sights = Sights.healthy(operation, at).ended(operation);
    lastRing(operation).subList(0, count).forEach(m -> sights.vitals(m, gone(state, at)));
    return decide(operation, sights.seen(), at);
  }

  private static List<MemberPhase> phases(
      Operation<Rollout, Batch> operation, Decision<Rollout, Batch> decision, int count) {
    return lastRing(operation).subList(0, count).stream()
        .map(machine -> Scenes.member(decision.parts(), machine).phase())
        .toList();
  }

  private static MemberPhase lost(Instant at) {
    return new MemberPhase.Lost(
        START, at, MemberPhase.Lost.Cause.TERMINATED, "somebody terminated it");
  }

  private static MemberPhase early(Instant at) {
    return new MemberPhase.Hurt(
        START, at, false, "somebody terminated it within its time of proof");
  }

  @ParameterizedTest
  @ValueSource(strings = {"shutting-down", "terminated", "absent"})
  void machineThatItsGroupTerminates_isLostAndNeitherHurtNorWaitedFor(String state) {
    Operation<Rollout, Batch> operation = Scenes.inFlight(Given.content().machines(60), START);
    Decision<Rollout, Batch> decision = whenGone(operation, 1, state, plus(5));
    assertEquals(List.of(lost(plus(5))), phases(operation, decision, 1));
    Member member = Scenes.member(decision.parts(), lastRing(operation).getFirst());
    assertFalse(member.isAtRisk(), "who is gone needs no restore");
    assertEquals("RUNNING", decision.head().phaseName());
  }

  @Test
  void stoppedMachine_isNotGone() {
    Operation<Rollout, Batch> operation = Scenes.inFlight(Given.content().machines(60), START);
    Decision<Rollout, Batch> decision = whenGone(operation, 1, "stopped", plus(5));
    assertTrue(phases(operation, decision, 1).getFirst().hurtBehind() != null);
  }

  @Test
  void moreThanTheBudgetLetsGo_withinTheirTimeOfProof_areHurt() {
    Operation<Rollout, Batch> operation = Scenes.inFlight(Given.content().machines(60), START);
    // The budget of 60 machines is spent with three.
    Decision<Rollout, Batch> decision = whenGone(operation, 3, "terminated", plus(5));
    assertEquals(
        List.of(lost(plus(5)), lost(plus(5)), early(plus(5))), phases(operation, decision, 3));
    assertEquals("RUNNING", decision.head().phaseName());
    assertEquals("HALTING", whenGone(operation, 4, "terminated", plus(5)).head().phaseName());
  }

  @Test
  void theirTimeOfProof_countsThoseWhoWentBefore() {
    Operation<Rollout, Batch> operation = Scenes.inFlight(Given.content().machines(60), START);
    Operation<Rollout, Batch> before =
        Scenes.after(operation, whenGone(operation, 2, "terminated", plus(5)));
    assertEquals(
        List.of(lost(plus(5)), lost(plus(5)), early(plus(6))),
        phases(operation, whenGone(before, 3, "absent", plus(6)), 3));
  }

  @Test
  void groupThatShrinksWhileTheRingIsWatched_isNoHarm() {
    Operation<Rollout, Batch> operation = Scenes.baking(Given.content().machines(60), START);
    Decision<Rollout, Batch> decision = whenGone(operation, 20, "terminated", plus(40));
    assertTrue(phases(operation, decision, 20).stream().allMatch(lost(plus(40))::equals));
    assertEquals("RUNNING", decision.head().phaseName());
  }

  @Test
  void moreThanHalfOfABatch_areHurtWheneverTheyGo() {
    Operation<Rollout, Batch> operation = Scenes.baking(Given.content().machines(60), START);
    Decision<Rollout, Batch> decision = whenGone(operation, 40, "terminated", plus(40));
    assertTrue(phases(operation, decision, 40).stream().allMatch(p -> p.hurtBehind() != null));
    assertEquals("HALTING", decision.head().phaseName());
  }

  @Test
  void ringOfWhichHalfIsGone_isNotPassedOnTheOtherHalf() {
    Operation<Rollout, Batch> operation = Scenes.baking(Given.content().machines(60), START);
    List<String> ring = lastRing(operation);
    int half = (ring.size() + 1) / 2;
    List<String> gone = ring.subList(0, half);
    operation =
        Given.members(operation, 2, m -> gone.contains(m.machine()) ? m.in(lost(plus(40))) : m);
    Instant late = plus(24 * 60);
    Decision<Rollout, Batch> decision = whenGone(operation, 0, "", late);
    HoldReason reason =
        assertInstanceOf(RolloutPhase.Holding.class, decision.head().phase()).reason();
    assertEquals(
        new HoldReason.NoEvidence(
            List.of(
                half
                    + " machines of ring "
                    + operation.head().planned().rings().get(2).name()
                    + " were terminated")),
        reason);
  }
}
