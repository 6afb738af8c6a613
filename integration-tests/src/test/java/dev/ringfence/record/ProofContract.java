package dev.ringfence.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringfence.engine.Store;
import dev.ringfence.operation.DrillFailure;
import dev.ringfence.operation.DrillResult;
import dev.ringfence.operation.DrillResult.Verdict;
import dev.ringfence.operation.Proofs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a store promises of drills' proofs and of the list of products. */
interface ProofContract {
  Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  /** An empty store. */
  Store proving();

  @Test
  default void nothingWasDrilled_nothingIsProven() {
    assertEquals(Proofs.NONE, proving().proofs());
  }

  @Test
  default void newestPassAndNewestFailure_areKeptOfClassAndMachine_inWhateverOrderTheyCome() {
    List<DrillResult> results =
        List.of(
            passed("i-1", NOON),
            passed("i-2", NOON.minusSeconds(60)),
            failed("i-1", NOON.plusNanos(1)),
            failed("i-2", NOON.minusSeconds(5)),
            passed("i-1", NOON));
    Store store = proving();
    results.forEach(store::prove);
    Proofs expected = Proofs.NONE;
    for (DrillResult result : results) {
      expected = expected.with(result);
    }
    assertEquals(expected, store.proofs());
    assertEquals(failed("i-1", NOON.plusNanos(1)), store.proofs().ofClass("linux / m7g").failed());
    assertEquals(passed("i-2", NOON.minusSeconds(60)), store.proofs().ofMachine("i-2").passed());
  }

  @Test
  default void productsWithAPolicy_areListed() {
    Store store = proving();
    store.putPolicy("zebra", "{}");
    store.putPolicy("falcon", "{}");
    store.putPolicy("zebra", "{}");
    assertEquals(List.of("falcon", "zebra"), store.products());
  }

  private static DrillResult passed(String machine, Instant at) {
    Verdict verdict = new Verdict.Passed(Duration.ofMinutes(9), Duration.ofHours(3));
    return new DrillResult("drill-1", machine, "linux / m7g", at, verdict);
  }

  private static DrillResult failed(String machine, Instant at) {
    Verdict verdict = new Verdict.Failed(DrillFailure.DID_NOT_BOOT, "impaired");
    return new DrillResult("drill-2", machine, "linux / m7g", at, verdict);
  }
}
