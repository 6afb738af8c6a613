package dev.ringfence.lab.story;

import dev.ringfence.contract.Tags;
import dev.ringfence.drill.Drill;
import dev.ringfence.drill.DrillCourse;
import dev.ringfence.drill.Rehearsal;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.plane.Lab;
import dev.ringfence.operation.DrillResult;
import dev.ringfence.operation.DrillResult.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds up what a story's drills came to. */
final class DrillAccount {
  private static final double SECONDS_PER_MINUTE = 60;
  private static final double MINUTES_PER_HOUR = 60;

  private static final double TENTHS = 10;

  private DrillAccount() {}

  /** Null when there were none. */
  static Report.@Nullable DrillsTold of(Lab lab) {
    List<Report.DrillTold> told = new ArrayList<>();
    List<Drill> drills = lab.look().recent(DrillCourse.FORM);
    for (Drill drill : drills) {
      lab.look().load(DrillCourse.FORM, drill.id()).orElseThrow().parts().stream()
          .flatMap(bay -> bay.rehearsals().stream())
          .map(Rehearsal::result)
          .forEach(result -> {
            if (result != null) {
              told.add(told(result));
            }
          });
    }
    told.sort(
        Comparator.comparing(Report.DrillTold::restoreClass)
            .thenComparing(Report.DrillTold::machine));
    int passed = (int) told.stream().filter(Report.DrillTold::passed).count();
    int left = lab.cloud().truth().leftovers().tagged(Tags.DRILL).size();
    return drills.isEmpty()
        ? null
        : new Report.DrillsTold(told.size(), passed, told.size() - passed, told, left);
  }

  private static Report.DrillTold told(DrillResult result) {
    return switch (result.verdict()) {
      case Verdict.Passed(Duration recoveryTime, Duration recoveryPoint, String runs) ->
          new Report.DrillTold(
              result.restoreClass(),
              result.machine(),
              true,
              tenths(recoveryTime.toSeconds() / SECONDS_PER_MINUTE),
              tenths(recoveryPoint.toMinutes() / MINUTES_PER_HOUR),
              "");
      case Verdict.Failed failed ->
          new Report.DrillTold(
              result.restoreClass(),
              result.machine(),
              false,
              null,
              null,
              failed.reason().sentence());
    };
  }

  private static double tenths(double value) {
    return Math.round(value * TENTHS) / TENTHS;
  }

  /** Who would not have come back was not updated, by ground truth. */
  static Report.Promise promise(Lab lab, Report.Told release) {
    List<Machine> torn =
        lab.cloud().fleet().instances().stream()
            .filter(machine -> !machine.hardware().hybrid() && !machine.settings().launched())
            .filter(machine -> DrillChapter.TORN.includes(machine.hardware()))
            .toList();
    List<String> updated =
        torn.stream()
            .filter(machine ->
                lab.cloud().truth().installs(machine.id(), Story.PRODUCT, release.version()) > 0)
            .map(Machine::id)
            .toList();
    return new Report.Promise(
        0,
        "no machine was updated whose restore does not work",
        !torn.isEmpty() && updated.isEmpty(),
        updated.isEmpty() ? torn.size() + " of that kind were left out" : updated.toString());
  }
}
