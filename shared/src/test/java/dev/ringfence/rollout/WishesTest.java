package dev.ringfence.rollout;

import static dev.ringfence.rollout.Given.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.operation.Consent;
import dev.ringfence.operation.Decision;
import dev.ringfence.operation.Decision.LaneClaim;
import dev.ringfence.operation.Effect;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Request;
import dev.ringfence.operation.Request.Wish;
import dev.ringfence.operation.RestoreOrder;
import dev.ringfence.operation.Sight;
import dev.ringfence.policy.RestoreMode;
import dev.ringfence.policy.WayBack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every phase of a rollout and everything that can be asked of it: each pair has its answer. */
class WishesTest {
  private static final Instant NOW = START.plus(Duration.ofMinutes(5));
  private static final HaltReason HARM = new HaltReason.BudgetSpent(3, 2);
  private static final String BY = "anna (request 1)";
  private static final String WHY = "because";

  /** One phase a row, and for each wish where it leads; a dash where it changes nothing. */
  private static final String TABLE =
      """
      phase        PERSON       HALT    ABORT   RESUME  APPROVE   SKIP_RING
      QUEUED       NEEDS_PERSON HALTING HALTING -       -         -
      PLANNING     NEEDS_PERSON HALTING HALTING -       -         -
      RUNNING      NEEDS_PERSON HALTING HALTING -       -         -
      HOLDING      NEEDS_PERSON HALTING HALTING RUNNING -         RUNNING
      HALTING      NEEDS_PERSON -       -       -       HALTING   -
      AFTERCARE    NEEDS_PERSON -       -       -       AFTERCARE -
      ENDING       NEEDS_PERSON HALTING HALTING -       ENDING    -
      HALTED       -            -       -       -       -         -
      SUCCEEDED    -            -       -       -       -         -
      NEEDS_PERSON -            -       -       -       -         -
      DROPPED      -            -       -       -       -         -
      """;

  static Stream<Arguments> table() {
    List<List<String>> rows =
        TABLE.lines().map(line -> Arrays.asList(line.strip().split(" +"))).toList();
    List<Arguments> all = new ArrayList<>();
    for (List<String> row : rows.subList(1, rows.size())) {
      for (int column = 1; column < row.size(); column++) {
        all.add(
            Arguments.of(
                row.getFirst(), Wish.valueOf(rows.getFirst().get(column)), row.get(column)));
      }
    }
    return all.stream();
  }

  /** Two rings; of the first one two machines live, the second is open and nobody was sent it. */
  private static Operation<Rollout, Batch> operation(String phase) {
    Given given = Given.content().machines(60).with(WayBack.RESTORE, RestoreMode.ASK);
    Operation<Rollout, Batch> flying = Scenes.proven(given.running(), 0, START);
    return switch (phase) {
      case "QUEUED" -> given.in(new RolloutPhase.Queued(START, "its first beat"));
      case "PLANNING" -> given.in(new RolloutPhase.Planning(START));
      case "RUNNING" -> Given.enter(flying, Scenes.open(1, START));
      case "HOLDING" -> Given.enter(flying, held(new HoldReason.NoEvidence(List.of("nothing"))));
      case "HALTING" -> Given.enter(hurt(flying), new RolloutPhase.Halting(HARM, START));
      case "AFTERCARE" ->
          Given.enter(
              hurt(flying),
              new RolloutPhase.Aftercare(HARM, START, START.plusSeconds(9000), Instant.EPOCH));
      case "ENDING" ->
          Given.enter(
              hurt(flying),
              new RolloutPhase.Ending(
                  new RolloutPhase.Finish.AskPerson("why"),
                  START,
                  START.plusSeconds(9000),
                  Instant.EPOCH));
      case "HALTED" -> Given.enter(hurt(flying), new RolloutPhase.Halted(HARM, START, START));
      case "SUCCEEDED" -> Given.enter(flying, new RolloutPhase.Succeeded(START));
      case "NEEDS_PERSON" -> Given.enter(flying, new RolloutPhase.NeedsPerson("why", START));
      case "DROPPED" -> Given.enter(flying, new RolloutPhase.Dropped("why", START));
      default -> throw new IllegalArgumentException(phase);
    };
  }

  private static RolloutPhase.Holding held(HoldReason reason) {
    return new RolloutPhase.Holding(
        reason, START, START.plusSeconds(900), Duration.ZERO, Scenes.open(1, START));
  }

  private static Operation<Rollout, Batch> hurt(Operation<Rollout, Batch> operation) {
    return Given.members(
        operation, 0, m -> m.in(new MemberPhase.Hurt(START, START, true, "silent")));
  }

  private static Decision<Rollout, Batch> asked(Operation<Rollout, Batch> operation, Wish wish) {
    Operation<Rollout, Batch> asked = Given.asked(operation, new Request(wish, BY, WHY, START));
    Decision<Rollout, Batch> decision = Scenes.decide(asked, Sight.blind(NOW), NOW);
    assertEquals(decision, Scenes.decide(asked, Sight.blind(NOW), NOW), "twice the same");
    return decision;
  }

  @ParameterizedTest(name = "{0} × {1} → {2}")
  @MethodSource("table")
  void everyPhase_hasAnAnswerToEveryWish(String phase, Wish wish, String end) {
    Operation<Rollout, Batch> operation = operation(phase);
    boolean heeded = !end.equals("-");
    assertEquals(heeded, Scenes.COURSE.heeds(operation, wish));
    Decision<Rollout, Batch> decision = asked(operation, wish);
    if (heeded) {
      assertEquals(end, decision.head().phaseName());
      assertTrue(decision.journal().toString().contains(WHY), decision.journal().toString());
    } else {
      assertEquals(phase, decision.head().phaseName());
    }
    if (!heeded && wish != Wish.HALT) {
      assertEquals(operation.head(), decision.head());
      assertEquals(operation.parts(), decision.parts());
      assertEquals(List.of(), decision.claims());
    }
  }

  @Test
  void table_leavesNothingOut() {
    assertEquals(
        EnumSet.allOf(Wish.class),
        table().map(row -> (Wish) row.get()[1]).collect(Collectors.toSet()));
    assertEquals(
        RolloutPhase.class.getPermittedSubclasses().length,
        table().map(row -> row.get()[0]).distinct().count());
  }

  @Test
  void abort_blamesNobody() {
    Decision<Rollout, Batch> decision = asked(operation("RUNNING"), Wish.ABORT);
    assertEquals(
        new RolloutPhase.Halting(new HaltReason.Aborted(BY, WHY), NOW), decision.head().phase());
    assertEquals(List.of(), decision.claims());
    Decision<Rollout, Batch> halt = asked(operation("RUNNING"), Wish.HALT);
    assertTrue(
        halt.claims().stream().anyMatch(LaneClaim.Quarantine.class::isInstance),
        halt.claims().toString());
  }

  @Test
  void aborted_isNotTakenBackFromThoseWhoLive() {
    Operation<Rollout, Batch> running =
        Scenes.proven(Given.content().machines(60).withdrawable().running(), 0, START);
    assertTrue(withdraws(running, HARM));
    assertFalse(withdraws(running, new HaltReason.Aborted(BY, WHY)));
  }

  private static boolean withdraws(Operation<Rollout, Batch> running, HaltReason reason) {
    Operation<Rollout, Batch> after =
        Given.enter(
            running, new RolloutPhase.Aftercare(reason, START, NOW.plusSeconds(60), Instant.EPOCH));
    return Scenes.decide(after, Sights.healthy(after, NOW).seen(), NOW).parts().stream()
        .anyMatch(batch -> batch.withdraw() != null);
  }

  @Test
  void resumed_isJudgedAnewAndShiftsItsSchedule() {
    Decision<Rollout, Batch> decision = asked(operation("HOLDING"), Wish.RESUME);
    RolloutPhase.Running running = (RolloutPhase.Running) decision.head().phase();
    assertEquals(NOW, running.opened(), "a hold of five minutes shifts a ring by five minutes");
    assertEquals(NOW, decision.again(), "the next beat looks at once");
    assertEquals(operation("HOLDING").parts(), decision.parts());
  }

  @Test
  void approved_handsOverTheHurtAndNobodyElse() {
    Operation<Rollout, Batch> halted = operation("AFTERCARE");
    Decision<Rollout, Batch> decision = asked(halted, Wish.APPROVE);
    assertEquals(
        List.of(new Rollout.Order("falcon-1-r1", NOW, Consent.REPLACEMENT, null, false)),
        decision.head().orders());
    Set<String> handed =
        decision.parts().stream()
            .flatMap(batch -> batch.members().stream())
            .filter(member -> member.phase() instanceof MemberPhase.HandedOver)
            .map(Member::machine)
            .collect(Collectors.toSet());
    assertEquals(Set.copyOf(Scenes.machines(halted, 0)), handed);
    Operation<Rollout, Batch> after = Scenes.after(halted, decision);
    assertFalse(Scenes.COURSE.heeds(after, Wish.APPROVE), "nobody waits any longer");
  }

  @Test
  void approvedRestore_isAPersonsAndGoesAsFarAsThePersonSaid() {
    Consent agreed = new Consent(true, false);
    Operation<Rollout, Batch> halted = operation("AFTERCARE");
    Operation<Rollout, Batch> asked =
        Given.asked(halted, new Request(Wish.APPROVE, BY, WHY, START, agreed));
    Decision<Rollout, Batch> decision = Scenes.decide(asked, Sight.blind(NOW), NOW);
    assertEquals(
        List.of(new Rollout.Order("falcon-1-r1", NOW, agreed, null, false)),
        decision.head().orders());
    RestoreOrder order =
        Scenes.COURSE.open(Scenes.after(asked, decision)).stream()
            .filter(Effect.StartRestore.class::isInstance)
            .map(effect -> ((Effect.StartRestore) effect).order())
            .findFirst()
            .orElseThrow();
    assertFalse(order.automatic());
    assertEquals(agreed, order.consent());
  }

  @Test
  void skipped_leavesOutWhoWasNotSentItAndOpensTheNextRing() {
    Operation<Rollout, Batch> held = operation("HOLDING");
    Decision<Rollout, Batch> decision = asked(held, Wish.SKIP_RING);
    assertEquals(new RolloutPhase.Running(2, NOW, Instant.EPOCH, null), decision.head().phase());
    for (String machine : Scenes.machines(held, 1)) {
      assertEquals(
          new MemberPhase.LeftOut("skipped by " + BY + ": " + WHY),
          Scenes.member(decision.parts(), machine).phase());
    }
  }

  @Test
  void ring_isSkippedOnlyWhenNobodyOfItIsHurtAndSkippingHelps() {
    Operation<Rollout, Batch> held = operation("HOLDING");
    assertRefused(
        Given.members(held, 1, m -> m.in(new MemberPhase.Hurt(START, START, false, "silent"))),
        "are hurt");
    assertRefused(
        Given.members(held, 1, m -> m.in(new MemberPhase.Dispatched(START, 1, 0))), "in flight");
    assertRefused(
        Given.members(
            held,
            1,
            m ->
                m.in(
                    new MemberPhase.Lost(
                        START, START, MemberPhase.Lost.Cause.INFRASTRUCTURE, "host"))),
        "lost");
    for (HoldReason reason :
        List.of(
            new HoldReason.AlarmsBlind(List.of("cpu")),
            new HoldReason.DeliveryFails(3, 20),
            new HoldReason.LimitReached(3),
            new HoldReason.WindowClosed(NOW),
            new HoldReason.CalendarClosed(List.of("freeze")))) {
      assertRefused(Given.enter(held, held(reason)), "next ring too");
    }
    int last = held.head().planned().rings().size() - 1;
    RolloutPhase.Holding atLast =
        new RolloutPhase.Holding(
            new HoldReason.NoEvidence(List.of()),
            START,
            NOW,
            Duration.ZERO,
            Scenes.open(last, START));
    assertRefused(Given.enter(held, atLast), "is the last one");
  }

  private static void assertRefused(Operation<Rollout, Batch> operation, String why) {
    String objection = Wishes.objection(Wish.SKIP_RING, operation).orElse("none");
    assertTrue(objection.contains(why), objection);
    Decision<Rollout, Batch> decision = asked(operation, Wish.SKIP_RING);
    assertEquals(operation.head(), decision.head());
    assertEquals(
        List.of(
            new JournalEntry(
                NOW, "beat", "asked to skip its ring, in vain: " + objection, BY + ": " + WHY)),
        decision.journal());
  }
}
