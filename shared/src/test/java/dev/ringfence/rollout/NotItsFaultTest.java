package dev.ringfence.rollout;

import static dev.ringfence.rollout.Given.START;
import static dev.ringfence.rollout.Scenes.after;
import static dev.ringfence.rollout.Scenes.decide;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.operation.Decision;
import dev.ringfence.operation.Decision.LaneClaim;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.Sending;
import dev.ringfence.policy.Proof;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a release is not to blame for holds it, and does not quarantine it. */
class NotItsFaultTest {
  private static Instant plus(long minutes) {
    return START.plus(Duration.ofMinutes(minutes));
  }

  private static Given watched() {
    return Given.content().machines(60).with(Proof.ALARMS, List.of("checkout"));
  }

  private static HoldReason reason(Decision<Rollout, Batch> decision) {
    return assertInstanceOf(RolloutPhase.Holding.class, decision.head().phase()).reason();
  }

  @Test
  void fixThatIsPublishedWhileTheAlarmFires_waitsForItsEnd() {
    Operation<Rollout, Batch> operation = Scenes.secured(watched().running(), 0);
    Sights firing = Sights.healthy(operation, plus(1)).fires("checkout", START.minusSeconds(600));
    Decision<Rollout, Batch> holds = decide(operation, firing.seen(), plus(1));
    assertEquals(new HoldReason.AlarmsFiredBefore(List.of("checkout")), reason(holds));
    assertEquals(List.of(), Scenes.unsent(holds.parts()));
    Decision<Rollout, Batch> goesOn =
        decide(
            after(operation, holds),
            Sights.healthy(operation, plus(9)).alarm("checkout", "OK", "").seen(),
            plus(9));
    assertEquals(1, Scenes.unsent(goesOn.parts()).size());
    assertEquals(plus(9), goesOn.head().exposed());
  }

  @Test
  void alarmThatFiredBeforeForTooLong_asksAPersonAndQuarantinesNothing() {
    Operation<Rollout, Batch> operation = Scenes.secured(watched().running(), 0);
    Sights firing = Sights.healthy(operation, plus(1)).fires("checkout", START.minusSeconds(600));
    Operation<Rollout, Batch> held = after(operation, decide(operation, firing.seen(), plus(1)));
    Sights still = Sights.healthy(operation, plus(121)).fires("checkout", START.minusSeconds(600));
    Decision<Rollout, Batch> end = decide(held, still.seen(), plus(121));
    assertEquals("NEEDS_PERSON", end.head().phaseName());
    assertEquals(
        List.of(new LaneClaim.GiveBack(operation.head().lane(), "falcon-1", null)), end.claims());
  }

  @Test
  void alarmThatFiresAfterTheFirstUpdate_halts() {
    Operation<Rollout, Batch> operation = Scenes.inFlight(watched(), START);
    Sights later = Sights.healthy(operation, plus(5)).fires("checkout", plus(4));
    assertEquals("HALTING", decide(operation, later.seen(), plus(5)).head().phaseName());
    Sights before = Sights.healthy(operation, plus(5)).fires("checkout", START.minusSeconds(1));
    assertEquals(
        new HoldReason.AlarmsFiredBefore(List.of("checkout")),
        reason(decide(operation, before.seen(), plus(5))));
  }

  @Test
  void refusalThatIsNotTheDocuments_isTriedAgainAndHoldsInTheEnd() {
    Operation<Rollout, Batch> secured = Scenes.secured(Given.content().machines(60).running(), 0);
    Operation<Rollout, Batch> sending =
        after(secured, decide(secured, Sights.healthy(secured, START).seen(), START));
    Sending update = Scenes.update(sending.parts().getFirst());
    for (String code : List.of("AccessDeniedException", "ValidationException", "Unheard")) {
      Operation<Rollout, Batch> refused =
          Scenes.settled(sending, new Outcome.Refused(update.key(), code, "not allowed"));
      Sending open = Scenes.update(refused.parts().getFirst());
      assertTrue(open.isOpen() && open.tried(), code);
      Decision<Rollout, Batch> later =
          decide(refused, Sights.healthy(refused, plus(6)).seen(), plus(6));
      assertInstanceOf(HoldReason.DeliveryFails.class, reason(later), code);
    }
  }
}
