package dev.ringfence.drills;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.lab.wire.AwsFault;
import dev.ringfence.lab.wire.WireCall;
import dev.ringfence.lab.wire.WireTap;
import dev.ringfence.operation.DrillFailure;
import dev.ringfence.operation.DrillResult.Verdict;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A clone that may report is asked what it runs; nobody else ever is. */
class DrillVersionTest {
  private static Verdict verdict(Rehearsed told) {
    assertEquals(List.of(), told.leftovers());
    assertEquals(List.of(), told.harmed());
    return Objects.requireNonNull(told.rehearsal().result()).verdict();
  }

  private static Rehearsed told(String asked) {
    return new Rehearsed(Mishap.none(), new Rehearsed.Case(false, false, List.of(), asked)).end();
  }

  private static String shows(Verdict verdict) {
    return verdict instanceof Verdict.Passed passed ? passed.shows() : verdict.toString();
  }

  @Test
  void versionThatTheRestorePointHolds_isReadBack() {
    assertEquals("boots and runs version 1.0.0", shows(verdict(told("falcon CAPABILITY 1.0.0"))));
  }

  @Test
  void whatNobodyKnows_mayBeAnyVersion() {
    assertEquals("boots and runs version 1.0.0", shows(verdict(told("falcon CONTENT 7"))));
  }

  @Test
  void anotherVersionThanTheFleetHad_isNotProvenAndTakesNoProofBack() {
    assertEquals(
        new Verdict.Failed(
            DrillFailure.WRONG_VERSION,
            "it runs 1.0.0, and the fleet had 0.9.0 when its restore point was taken"),
        verdict(told("falcon CAPABILITY 0.9.0")));
    assertEquals(false, DrillFailure.WRONG_VERSION.refutes());
  }

  @Test
  void withoutAProfile_nobodyIsAskedAndTheProofSaysBoots() {
    Mishap calls = Mishap.none();
    Rehearsed told = new Rehearsed(calls, Rehearsed.Case.WELL).end();
    assertEquals("boots", shows(verdict(told)));
    assertTrue(calls.calls().stream().noneMatch(call -> call.equals("ssm.SendCommand")));
  }

  @Test
  void cloneThatMayNotBeAsked_takesNoProofBack() {
    WireTap refuses =
        new WireTap() {
          @Override
          public void before(WireCall call) {
            if (call.name().equals("ssm.SendCommand")) {
              throw new AwsFault("InvalidDocument", 400, "The document does not exist.");
            }
          }
        };
    Rehearsed told =
        new Rehearsed(
                refuses,
                () -> {},
                new Rehearsed.Case(false, false, List.of(), "falcon CAPABILITY 1.0.0"))
            .end();
    assertEquals(new Verdict.Failed(DrillFailure.NOT_ASKED, "InvalidDocument"), verdict(told));
    assertEquals(false, DrillFailure.NOT_ASKED.refutes());
  }
}
