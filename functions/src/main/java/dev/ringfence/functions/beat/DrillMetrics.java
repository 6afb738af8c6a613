package dev.ringfence.functions.beat;

import dev.ringfence.contract.Metrics;
import dev.ringfence.drill.Bay;
import dev.ringfence.drill.Coverage;
import dev.ringfence.drill.Drill;
import dev.ringfence.drill.DrillPhase;
import dev.ringfence.drill.Rehearsal;
import dev.ringfence.functions.metrics.Emf;
import dev.ringfence.functions.metrics.Emf.Metric;
import dev.ringfence.functions.metrics.Emf.Unit;
import dev.ringfence.operation.DrillResult;
import dev.ringfence.operation.DrillResult.Verdict;
import dev.ringfence.operation.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tells CloudWatch what an ended drill showed. */
final class DrillMetrics {
  private final Emf emf;

  DrillMetrics(Emf emf) {
    this.emf = emf;
  }

  void tell(Operation<Drill, Bay> drill) {
    if (!(drill.head().phase() instanceof DrillPhase.Done done)) {
      return;
    }
    List<Metric> numbers = new ArrayList<>();
    if (done.passed() + done.failed() > 0) {
      numbers.add(new Metric(Metrics.DRILLS_RUN, Unit.COUNT, done.passed() + done.failed()));
      numbers.add(new Metric(Metrics.DRILLS_FAILED, Unit.COUNT, done.failed()));
    }
    Coverage coverage = done.coverage();
    if (coverage != null) {
      numbers.add(new Metric(Metrics.DRILL_COVERAGE, Unit.PERCENT, coverage.percent()));
      if (coverage.oldest() != null) {
        numbers.add(new Metric(Metrics.OLDEST_PROOF, Unit.SECONDS, coverage.oldest().toSeconds()));
      }
    }
    emf.write(Map.of(Metrics.PRODUCT, drill.head().product()), numbers);
    drill.parts().stream().flatMap(bay -> bay.rehearsals().stream()).forEach(this::tell);
  }

  private void tell(Rehearsal one) {
    DrillResult result = one.result();
    if (result != null && result.verdict() instanceof Verdict.Passed passed) {
      emf.write(
          Map.of(Metrics.RESTORE_CLASS, result.restoreClass()),
          List.of(
              new Metric(Metrics.RECOVERY_TIME, Unit.SECONDS, passed.recoveryTime().toSeconds()),
              new Metric(
                  Metrics.RECOVERY_POINT, Unit.SECONDS, passed.recoveryPoint().toSeconds())));
    }
  }
}
