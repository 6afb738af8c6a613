package dev.ringfence.engine;

import dev.ringfence.operation.Request;
import dev.ringfence.rollout.RolloutCourse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes an alarm's change of state in and halts every roll-out that names the alarm, at once. A
 * muted or suppressed alarm halts all the same: muting silences its actions, not what it saw.
 */
public final class AlarmIntake {
  private final Store store;
  private final Engine engine;
  private final InstantSource time;

  public AlarmIntake(Store store, Engine engine, InstantSource time) {
    this.store = store;
    this.engine = engine;
    this.time = time;
  }

  /**
   * What an event says.
   *
   * @param state the new state: {@code ALARM}, {@code OK} or {@code INSUFFICIENT_DATA}
   * @param reason CloudWatch's sentence
   * @param silenced how its actions are muted or suppressed; empty when they are not
   */
  public record Change(String alarm, String state, String reason, String silenced) {}

  /**
   * Takes one change in. Doing it twice is harmless; anything but ALARM changes nothing, because a
   * roll-out reads its alarms as levels and an OK must be seen there. A rollout that has not given
   * the release to anybody is left alone too: it cannot be the cause, and its beats hold.
   *
   * @return the roll-outs that this halted
   */
  public List<String> take(Change change) {
    if (!change.state().equals("ALARM")) {
      return List.of();
    }
    String evidence =
        change.reason() + (change.silenced().isEmpty() ? "" : " (" + change.silenced() + ")");
    Request halt =
        new Request(Request.Wish.HALT, "alarm " + change.alarm(), evidence, time.instant());
    List<String> halted = new ArrayList<>();
    RuntimeException broken = null;
    for (String id : store.watchersOf(change.alarm())) {
      try {
        if (isExposing(id) && engine.ask(RolloutCourse.FORM, id, halt)) {
          halted.add(id);
        }
      } catch (RuntimeException one) {
        // One roll-out that cannot be halted must not shield the others; the event is tried again.
        broken = one;
      }
    }
    if (broken != null) {
      throw broken;
    }
    return halted;
  }

  private boolean isExposing(String id) {
    return store
        .load(RolloutCourse.FORM, id)
        .filter(rollout -> rollout.head().exposed() != null)
        .isPresent();
  }
}
