package dev.ringfence.infra.least;

import dev.ringfence.lab.plane.Lab;
import dev.ringfence.lab.story.Screen;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Operation;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.MemberPhase;
import dev.ringfence.rollout.Rollout;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Sets the alarm off when the first machine is seen in some phase, before the evidence halts by
 * itself: the alarm's function then has commands to call back or a restore to start. Shows nothing.
 */
final class EarlyAlarm implements Screen {
  /** As CloudWatch writes it; the name is that of the alarm in the lab's own policy. */
  private static final String EVENT =
      """
      {"version": "0", "id": "c4c1c1c9-6542-e61b-6ef0-8c4d36933a92",
       "detail-type": "CloudWatch Alarm State Change", "source": "aws.cloudwatch",
       "account": "123456789012", "time": "2026-11-03T10:00:00Z", "region": "eu-central-1",
       "resources": [],
       "detail": {"alarmName": "machines-failing",
                  "state": {"value": "ALARM", "reason": "Threshold Crossed"}}}
      """;

  private final Class<? extends MemberPhase> phase;
  private @Nullable Lab lab;

  EarlyAlarm(Class<? extends MemberPhase> phase) {
    this.phase = phase;
  }

  void in(Lab opened) {
    lab = opened;
  }

  @Override
  public void progress(Instant at, Operation<Rollout, Batch> rollout) {
    Lab here = lab;
    if (here != null && any(rollout)) {
      lab = null;
      here.plane().alarmChanged(EVENT);
    }
  }

  private boolean any(Operation<Rollout, Batch> rollout) {
    return rollout.parts().stream()
        .flatMap(batch -> batch.members().stream())
        .anyMatch(member -> phase.isInstance(member.phase()));
  }

  @Override
  public void chapter(String title) {}

  @Override
  public void line(Instant at, JournalEntry entry) {}

  @Override
  public void end() {}
}
