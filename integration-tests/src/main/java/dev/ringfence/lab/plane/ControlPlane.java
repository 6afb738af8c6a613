package dev.ringfence.lab.plane;

import dev.ringfence.engine.AlarmIntake;
import dev.ringfence.engine.Beat;
import dev.ringfence.engine.Clocks;
import dev.ringfence.engine.Engine;
import dev.ringfence.engine.ReleaseIntake;
import dev.ringfence.engine.Store;
import dev.ringfence.functions.aws.AwsWorld;
import dev.ringfence.functions.aws.Pacer;
import dev.ringfence.functions.intake.AlarmChangedFunction;
import dev.ringfence.lab.time.PassingTime;
import dev.ringfence.lab.time.VirtualClock;
import dev.ringfence.operation.Operation;
import dev.ringfence.restore.Restore;
import dev.ringfence.restore.RestoreCourse;
import dev.ringfence.restore.Ward;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Rollout;
import dev.ringfence.rollout.RolloutCourse;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * One cell of the control plane on the lab: intake, alarm function, engine and clock over one store
 * and one world.
 */
public final class ControlPlane {
  private final Store store;
  private final Engine engine;
  private final ReleaseIntake releases;
  private final AlarmChangedFunction alarms;

  public ControlPlane(
      LabClients clients, Store store, VirtualClock clock, Consumer<Beat> listener) {
    this.store = store;
    Pacer pacer = Pacer.published(new PassingTime(clock));
    AwsWorld world = new AwsWorld(clients.world(), clock, pacer);
    Clocks clocks = new LoopClocks(clock, this::engine, listener);
    this.engine = new Engine(store, world, clocks, clock);
    this.releases = new ReleaseIntake(store, clocks, clock);
    this.alarms = new AlarmChangedFunction(new AlarmIntake(store, engine, clock));
  }

  public Engine engine() {
    return engine;
  }

  public Store store() {
    return store;
  }

  /** Takes a Release Published event in. */
  public ReleaseIntake.Answer publish(String event) {
    return releases.take(event.getBytes(StandardCharsets.UTF_8));
  }

  /** Takes a CloudWatch Alarm State Change event in. */
  public void alarmChanged(String event) {
    alarms.take(event.getBytes(StandardCharsets.UTF_8));
  }

  public Operation<Rollout, Batch> rollout(String id) {
    return store.load(RolloutCourse.FORM, id).orElseThrow();
  }

  public Operation<Restore, Ward> restore(String id) {
    return store.load(RestoreCourse.FORM, id).orElseThrow();
  }
}
