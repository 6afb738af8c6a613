package dev.ringfence.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.release.SignatureVerdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PolicyRulesTest {
  private static final Signing STRICT = new Signing(true, Map.of());
  private static final Signing LAX = new Signing(false, Map.of());

  @Test
  void theBudget_isAShareOfTheDispatched_withAFloorAndACeiling() {
    FailureBudget budget = new FailureBudget(0.05, 2, 40);
    assertEquals(
        List.of(2, 2, 2, 3, 5, 40, 40),
        IntStream.of(0, 8, 40, 41, 100, 800, 100_000).mapToObj(budget::limit).toList());
    assertFalse(budget.isSpent(1, 8));
    assertTrue(budget.isSpent(2, 8));
  }

  @Test
  void aBudgetWithoutACeiling_growsWithTheDispatched() {
    assertEquals(5_000, new FailureBudget(0.05, 2, null).limit(100_000));
  }

  @Test
  void anUnsignedRelease_isRefusedOnlyWhereSignaturesAreRequired() {
    SignatureVerdict unsigned = new SignatureVerdict.Unsigned();
    assertEquals(Optional.of("the release is not signed, and must be"), STRICT.objection(unsigned));
    assertEquals(Optional.empty(), LAX.objection(unsigned));
  }

  @Test
  void aSignatureThatCannotBeConfirmed_isRefusedEverywhere() {
    for (Signing signing : List.of(STRICT, LAX)) {
      assertEquals(
          Optional.of("the key eve is not registered for the product"),
          signing.objection(new SignatureVerdict.UnknownKey("eve")));
      assertEquals(
          Optional.of("the signature is wrong: why"),
          signing.objection(new SignatureVerdict.Wrong("why")));
      assertEquals(Optional.empty(), signing.objection(new SignatureVerdict.Verified("alice")));
    }
  }
}
