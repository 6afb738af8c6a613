package dev.ringfence.rollout;

import static dev.ringfence.rollout.Given.START;
import static dev.ringfence.rollout.Scenes.after;
import static dev.ringfence.rollout.Scenes.decide;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.ringfence.health.Invocation;
import dev.ringfence.operation.Decision;
import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A second try never runs beside the first, and what could not be read is not a failed try. */
class RetriesTest {
  private static Instant plus(long minutes) {
    return START.plus(Duration.ofMinutes(minutes));
  }

  private static Operation<Rollout, Batch> oneLeftOver() {
    Operation<Rollout, Batch> operation = Scenes.inFlight(Given.content().machines(60), START);
    String late = Scenes.machines(operation, 2).getFirst();
    return Given.members(
        operation,
        2,
        m ->
            m.machine().equals(late)
                ? m.in(new MemberPhase.Undelivered(START, plus(15), 1, "still runs 7.16.0"))
                : m.in(new MemberPhase.Proven(START, plus(3))));
  }

  private static Sights running(Operation<Rollout, Batch> operation, Instant at) {
    String late = Scenes.machines(operation, 2).getFirst();
    return Sights.healthy(operation, at)
        .ended(operation)
        .invocation(
            "cmd-b2", late, new Invocation(Invocation.Outcome.RUNNING, null, "", "InProgress"));
  }

  @Test
  void retry_waitsForTheFirstInstaller() {
    Operation<Rollout, Batch> operation = oneLeftOver();
    assertEquals(Set.of("cmd-b2"), Scenes.COURSE.watch(operation, plus(21)).commands());
    Decision<Rollout, Batch> waits =
        decide(operation, running(operation, plus(21)).seen(), plus(21));
    assertEquals(List.of(), Scenes.unsent(waits.parts()));
    Decision<Rollout, Batch> unseen =
        decide(operation, Sights.healthy(operation, plus(21)).seen(), plus(21));
    assertEquals(List.of(), Scenes.unsent(unseen.parts()));
    Decision<Rollout, Batch> goes =
        decide(
            after(operation, waits),
            Sights.healthy(operation, plus(22)).ended(operation).seen(),
            plus(22));
    assertEquals(1, Scenes.unsent(goes.parts()).size());
  }

  @Test
  void firstInstallerThatNeverEnds_getsNoSecondBesideIt() {
    Operation<Rollout, Batch> operation = oneLeftOver();
    String late = Scenes.machines(operation, 2).getFirst();
    Decision<Rollout, Batch> gaveUp =
        decide(operation, running(operation, plus(35)).seen(), plus(35));
    assertEquals(List.of(), Scenes.unsent(gaveUp.parts()));
    assertEquals(
        new MemberPhase.Undelivered(
            START,
            plus(15),
            2,
            "still runs 7.16.0; its command may still run, so it is not sent again"),
        Scenes.member(gaveUp.parts(), late).phase());
  }

  @Test
  void haltAfterARetry_callsBothCommandsBack() {
    Operation<Rollout, Batch> operation = oneLeftOver();
    Decision<Rollout, Batch> goes =
        decide(operation, Sights.healthy(operation, plus(22)).ended(operation).seen(), plus(22));
    Operation<Rollout, Batch> sent =
        Given.batches(
            after(operation, goes), 2, b -> b.withUpdate(Scenes.update(b).sent("cmd-retry")));
    Operation<Rollout, Batch> halted =
        Given.enter(
            sent,
            new RolloutPhase.Halting(new HaltReason.Asked("alarm checkout", "5xx"), plus(23)));
    assertEquals(
        List.of("cmd-b2", "cmd-retry"),
        Scenes.COURSE.open(halted).stream()
            .filter(Effect.CancelCommand.class::isInstance)
            .map(e -> ((Effect.CancelCommand) e).commandId())
            .toList());
  }

  @Test
  void versionThatCouldNotBeRead_isNoFailedDelivery() {
    Operation<Rollout, Batch> operation = Scenes.inFlight(Given.content().machines(60), START);
    Instant late = plus(21);
    Decision<Rollout, Batch> decision =
        decide(operation, Sights.healthy(operation, late).ended(operation).seen(), late);
    HoldReason hold =
        assertInstanceOf(RolloutPhase.Holding.class, decision.head().phase()).reason();
    assertInstanceOf(HoldReason.NoEvidence.class, hold);
    Scenes.machines(operation, 2)
        .forEach(m ->
            assertInstanceOf(
                MemberPhase.Dispatched.class, Scenes.member(decision.parts(), m).phase()));
  }

  @Test
  void oneMuteMachineOfMany_isLetGoWithoutProof() {
    Operation<Rollout, Batch> operation = Scenes.inFlight(Given.content().machines(60), START);
    List<String> last = Scenes.machines(operation, 2);
    String mute = last.getFirst();
    operation =
        Given.members(
            operation,
            2,
            m -> m.machine().equals(mute) ? m : m.in(new MemberPhase.Proven(START, plus(3))));
    Instant late = plus(21);
    Decision<Rollout, Batch> decision =
        decide(operation, Sights.healthy(operation, late).ended(operation).seen(), late);
    assertEquals(
        new MemberPhase.Lost(
            START,
            late,
            MemberPhase.Lost.Cause.MUTE,
            "lives, but its version could not be read back"),
        Scenes.member(decision.parts(), mute).phase());
    assertEquals("RUNNING", decision.head().phaseName());
  }
}
