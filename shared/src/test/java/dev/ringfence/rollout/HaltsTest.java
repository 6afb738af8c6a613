package dev.ringfence.rollout;

import static dev.ringfence.rollout.Given.START;
import static dev.ringfence.rollout.Scenes.after;
import static dev.ringfence.rollout.Scenes.decide;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.operation.Decision;
import dev.ringfence.operation.Decision.LaneClaim;
import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Lane;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.Quarantine;
import dev.ringfence.operation.Sending;
import dev.ringfence.operation.Sight;
import dev.ringfence.policy.RestoreMode;
import dev.ringfence.policy.WayBack;
import dev.ringfence.release.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a halt does to commands under way, to the hurt, to the living and to the lane. */
class HaltsTest {
  private static final HaltReason ASKED = new HaltReason.Asked("alarm checkout", "5xx above 3");

  private static Instant plus(long minutes) {
    return START.plus(Duration.ofMinutes(minutes));
  }

  private static Operation<Rollout, Batch> aftercare(Operation<Rollout, Batch> operation) {
    return Given.enter(
        operation, new RolloutPhase.Aftercare(ASKED, plus(5), plus(155), Instant.EPOCH));
  }

  @Test
  void releaseThatWasQuarantinedElsewhere_isSentToNobodyElse() {
    Operation<Rollout, Batch> running = Given.content().machines(60).running();
    assertEquals("falcon", Scenes.COURSE.watch(running, START).quarantine());
    Lane other =
        Lane.free(new Lane.Id("falcon", Channel.CAPABILITY))
            .banning(Given.VERSION, "another", "3 machines went silent");
    Sight sight = Sights.healthy(running, START).seen().with(Quarantine.of(List.of(other)));
    Decision<Rollout, Batch> decision = Scenes.decide(running, sight, START);
    RolloutPhase.Halting halting =
        assertInstanceOf(RolloutPhase.Halting.class, decision.head().phase());
    assertEquals(
        "the release is quarantined in channel CAPABILITY: 3 machines went silent",
        halting.reason().sentence());
    assertNull(Scenes.COURSE.watch(Scenes.proven(running, 0, START), START).quarantine());
  }

  @Test
  void haltWhilePlanning_givesTheLaneBack() {
    Operation<Rollout, Batch> operation =
        Given.asked(Given.content().in(new RolloutPhase.Planning(START)), Given.halt());
    Decision<Rollout, Batch> decision = decide(operation, Sights.at(START).seen(), START);
    assertEquals(
        List.of(
            new LaneClaim.Quarantine(
                operation.head().lane(),
                Given.VERSION,
                operation.head().release().artifact(),
                "alarm checkout: 5xx above 3"),
            new LaneClaim.GiveBack(operation.head().lane(), "falcon-1", null)),
        decision.claims());
  }

  @Test
  void haltWhileQueued_leavesTheLaneToItsHolder() {
    Operation<Rollout, Batch> operation =
        Given.asked(Given.content().in(new RolloutPhase.Queued(START, "x")), Given.halt());
    Decision<Rollout, Batch> decision = decide(operation, Sights.at(START).seen(), START);
    assertEquals(
        List.of(
            new LaneClaim.Quarantine(
                operation.head().lane(),
                Given.VERSION,
                operation.head().release().artifact(),
                "alarm checkout: 5xx above 3")),
        decision.claims());
  }

  @Test
  void commandThatWasSentAfterAll_putsItsMachinesBackAtRisk() {
    Operation<Rollout, Batch> operation = Scenes.secured(Given.content().machines(60).running(), 0);
    Operation<Rollout, Batch> sending =
        after(operation, decide(operation, Sights.healthy(operation, START).seen(), START));
    Operation<Rollout, Batch> halted = Given.enter(sending, new RolloutPhase.Halting(ASKED, START));
    Sending update = Scenes.update(sending.parts().getFirst());
    Operation<Rollout, Batch> notFound =
        Scenes.settled(
            halted,
            new Outcome.Refused(
                Keys.find(update), Effect.FindCommand.NOT_FOUND, "it was never sent"));
    assertInstanceOf(
        MemberPhase.LeftOut.class, notFound.parts().getFirst().members().getFirst().phase());
    Operation<Rollout, Batch> late =
        Scenes.settled(notFound, new Outcome.Done(update.key(), "cmd-7", plus(1)));
    assertEquals("cmd-7", Scenes.update(late.parts().getFirst()).commandId());
    assertEquals(
        new MemberPhase.Dispatched(plus(1), 1, 0),
        late.parts().getFirst().members().getFirst().phase());
    assertInstanceOf(Effect.CancelCommand.class, Scenes.COURSE.open(late).getFirst());
  }

  @Test
  void commandThatMachinesDidNotTakeYet_isCancelledToo() {
    Operation<Rollout, Batch> operation = Scenes.inFlight(Given.content().machines(60), START);
    operation =
        Given.members(
            operation,
            2,
            m -> m.in(new MemberPhase.Undelivered(START, plus(15), 1, "still runs 7.16.0")));
    Operation<Rollout, Batch> halted =
        Given.enter(operation, new RolloutPhase.Halting(ASKED, plus(16)));
    assertEquals(
        List.of("cmd-b2"),
        Scenes.COURSE.open(halted).stream()
            .filter(Effect.CancelCommand.class::isInstance)
            .map(e -> ((Effect.CancelCommand) e).commandId())
            .toList());
  }

  @Test
  void commandToTheDead_isCancelledBeforeTheirRestoreWakesThem() {
    Operation<Rollout, Batch> operation = Scenes.inFlight(Given.content().machines(60), START);
    operation =
        Given.members(
            operation, 2, m -> m.in(new MemberPhase.Hurt(START, plus(15), false, "silent")));
    Operation<Rollout, Batch> halted =
        Given.enter(operation, new RolloutPhase.Halting(ASKED, plus(16)));
    assertTrue(
        Scenes.COURSE.open(halted).stream().anyMatch(Effect.CancelCommand.class::isInstance));
  }

  @Test
  void pointersThatWereNotWritten_areWrittenAfterTheHalt() {
    Operation<Rollout, Batch> operation = Scenes.secured(Given.content().machines(60).running(), 0);
    Operation<Rollout, Batch> sending =
        after(operation, decide(operation, Sights.healthy(operation, START).seen(), START));
    Operation<Rollout, Batch> halted = Given.enter(sending, new RolloutPhase.Halting(ASKED, START));
    assertTrue(
        Scenes.COURSE.open(halted).stream().anyMatch(Effect.WritePointers.class::isInstance));
  }

  @Test
  void release_isWithdrawnFromEverybodyWhoMayHaveIt() {
    Operation<Rollout, Batch> operation =
        Scenes.inFlight(Given.content().machines(60).withdrawable(), START);
    List<String> last = Scenes.machines(operation, 2);
    String proven = last.get(0);
    String undelivered = last.get(1);
    String hurt = last.get(2);
    operation =
        Given.members(
            operation,
            2,
            m ->
                m.machine().equals(proven)
                    ? m.in(new MemberPhase.Proven(START, plus(3)))
                    : m.machine().equals(undelivered)
                        ? m.in(new MemberPhase.Undelivered(START, plus(3), 1, "unread"))
                        : m.machine().equals(hurt)
                            ? m.in(new MemberPhase.Hurt(START, plus(3), false, "silent"))
                            : m);
    Sights sights = Sights.healthy(operation, plus(6));
    Decision<Rollout, Batch> decision = decide(aftercare(operation), sights.seen(), plus(6));
    Set<String> withdrawn = new HashSet<>();
    decision.parts().stream()
        .map(Batch::withdraw)
        .filter(Objects::nonNull)
        .forEach(w -> withdrawn.addAll(Objects.requireNonNull(w).machines()));
    Set<String> everybody = new HashSet<>();
    operation.parts().forEach(b -> b.members().forEach(m -> everybody.add(m.machine())));
    everybody.remove(hurt);
    assertEquals(everybody, withdrawn);
  }

  @Test
  void aftercare_doesNotEndBeforeTheReleaseIsWithdrawn() {
    Operation<Rollout, Batch> operation =
        aftercare(Scenes.baking(Given.content().machines(60).withdrawable(), START));
    operation =
        after(operation, decide(operation, Sights.healthy(operation, plus(6)).seen(), plus(6)));
    Decision<Rollout, Batch> decision =
        decide(operation, Sights.healthy(operation, plus(156)).seen(), plus(156));
    assertInstanceOf(RolloutPhase.Aftercare.class, decision.head().phase());
    Decision<Rollout, Batch> end =
        decide(operation, Sights.healthy(operation, plus(276)).seen(), plus(276));
    assertInstanceOf(RolloutPhase.Halted.class, end.head().phase());
    assertTrue(
        end.journal().stream().anyMatch(entry -> entry.evidence().contains("withdraw")),
        end.journal().toString());
  }

  @Test
  void machineThatDidNotTakeItAndDies_isHurt() {
    Operation<Rollout, Batch> operation = Scenes.baking(Given.content().machines(60), START);
    String ill = Scenes.machines(operation, 2).getFirst();
    operation =
        Given.members(
            operation,
            2,
            m ->
                m.machine().equals(ill)
                    ? m.in(new MemberPhase.Undelivered(START, plus(5), 2, "unread"))
                    : m);
    assertTrue(Scenes.COURSE.watch(operation, plus(30)).machines().contains(ill));
    Decision<Rollout, Batch> decision =
        decide(
            operation,
            Sights.healthy(operation, plus(30)).vitals(ill, Sights.dead(plus(30))).seen(),
            plus(30));
    assertInstanceOf(MemberPhase.Hurt.class, Scenes.member(decision.parts(), ill).phase());
  }

  @Test
  void updatesOfOneBatch_neverShareAKey() {
    Operation<Rollout, Batch> operation = Scenes.inFlight(Given.content().machines(30), START);
    int ring = operation.head().planned().rings().size() - 1;
    List<String> machines = Scenes.machines(operation, ring);
    String early = machines.get(0);
    String late = machines.get(1);
    Operation<Rollout, Batch> first = undelivered(operation, ring, early, 1, late, 1, plus(9));
    Decision<Rollout, Batch> retry =
        decide(first, Sights.healthy(first, plus(11)).ended(first).seen(), plus(11));
    Sending one = Scenes.unsent(retry.parts()).getFirst();
    assertEquals(List.of(early), one.machines());
    Operation<Rollout, Batch> second =
        undelivered(after(first, retry), ring, early, 2, late, 1, plus(12));
    second = Given.batches(second, ring, b -> b.withUpdate(Scenes.update(b).sent("cmd-2")));
    second = Given.enter(second, Scenes.open(ring, START));
    Decision<Rollout, Batch> again =
        decide(second, Sights.healthy(second, plus(40)).ended(second).seen(), plus(40));
    Sending two = Scenes.unsent(again.parts()).getFirst();
    assertEquals(List.of(late), two.machines());
    assertNotEquals(one.key(), two.key());
  }

  private static Operation<Rollout, Batch> undelivered(
      Operation<Rollout, Batch> operation,
      int ring,
      String early,
      int earlyAttempt,
      String late,
      int lateAttempt,
      Instant lateAt) {
    return Given.members(
        operation,
        ring,
        m ->
            m.machine().equals(early)
                ? m.in(new MemberPhase.Undelivered(START, plus(1), earlyAttempt, "old"))
                : m.machine().equals(late)
                    ? m.in(new MemberPhase.Undelivered(START, lateAt, lateAttempt, "old"))
                    : m.in(new MemberPhase.Proven(START, plus(3))));
  }

  @Test
  void retryThatIsRefused_usesUpATry() {
    Operation<Rollout, Batch> operation = Scenes.inFlight(Given.content().machines(60), START);
    operation =
        Given.batches(
            operation,
            2,
            b ->
                b.eachMember(m -> m.in(new MemberPhase.Dispatched(plus(20), 2, 0)))
                    .withUpdate(Sending.intent("retry", plus(20), List.of("i-0"))));
    Operation<Rollout, Batch> refused =
        Scenes.settled(operation, new Outcome.Refused("retry", "InvalidInstanceId", "gone"));
    Member first = Scenes.member(refused.parts(), Scenes.machines(operation, 2).getFirst());
    assertEquals(
        new MemberPhase.Undelivered(plus(20), plus(20), 2, "InvalidInstanceId: gone"),
        first.phase());
    assertNull(refused.parts().getLast().update());
  }

  @Test
  void hurtMachines_areLeftToAPersonWhereThePolicySaysSo() {
    Operation<Rollout, Batch> operation =
        Given.asked(
            Scenes.inFlight(
                Given.content().machines(60).with(WayBack.RESTORE, RestoreMode.ASK), START),
            Given.halt());
    operation =
        Given.members(
            operation, 2, m -> m.in(new MemberPhase.Hurt(START, plus(3), false, "silent")));
    Decision<Rollout, Batch> decision = decide(operation, Sights.at(plus(4)).seen(), plus(4));
    assertEquals(List.of(), decision.head().orders());
    assertInstanceOf(RolloutPhase.Halting.class, decision.head().phase());
  }
}
