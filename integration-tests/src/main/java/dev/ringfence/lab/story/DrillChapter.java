package dev.ringfence.lab.story;

import dev.ringfence.drill.Drill;
import dev.ringfence.drill.DrillCourse;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.cloud.machine.Stratum;
import dev.ringfence.lab.plane.Lab;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** What happens before the release when drills are told of: broken backups, and a run of drills. */
final class DrillChapter {
  /** Whose snapshots do not boot, though the machines do. */
  static final Stratum TORN = Stratum.ofFamily("t3");

  /** So many backups a minute stay below the snapshots that EC2 lets be pending at once. */
  private static final int BACKUPS_A_MINUTE = 20;

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** By then the backups are complete. */
  private static final Duration BACKED_UP = Duration.ofHours(2);

  /** The schedule runs again after so long, and a drill is over before. */
  private static final Duration RUN = Duration.ofHours(6);

  private final Lab lab;

  DrillChapter(Lab lab) {
    this.lab = lab;
  }

  /** Their newest backups are broken, and nobody knows. */
  void breakBackups() {
    lab.cloud().faults().restore().snapshotsDoNotBoot(TORN);
    List<Machine> torn =
        lab.cloud().fleet().instances().stream()
            .filter(machine -> !machine.hardware().hybrid() && TORN.includes(machine.hardware()))
            .toList();
    for (int i = 0; i < torn.size(); i++) {
      String machine = torn.get(i).id();
      lab.onlooker()
          .ec2()
          .createSnapshots(set -> set.instanceSpecification(one -> one.instanceId(machine)));
      if (i % BACKUPS_A_MINUTE == BACKUPS_A_MINUTE - 1) {
        pass(MINUTE);
      }
    }
    pass(BACKED_UP);
  }

  /** One run of the schedule, until its drills are over. */
  void drill(Predicate<String> isOver) {
    lab.plane().runDrillSchedule();
    Instant next = lab.clock().instant().plus(RUN);
    while (!drills().stream().allMatch(isOver) || drills().isEmpty()) {
      if (!lab.clock().instant().isBefore(next) || !lab.clock().step()) {
        throw new IllegalStateException("the drills do not end");
      }
    }
  }

  private List<String> drills() {
    return lab.look().recent(DrillCourse.FORM).stream().map(Drill::id).toList();
  }

  private void pass(Duration time) {
    lab.clock().runUntil(lab.clock().instant().plus(time));
  }
}
