package dev.ringfence.engine;

import dev.ringfence.operation.Request;
import dev.ringfence.rollout.RolloutCourse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes an alarm's change of state in and halts every rollout that names the alarm, at once. A
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
   * @param at since when it is in that state; null when the event does not say
   * @param reason CloudWatch's sentence
   * @param silenced how its actions are muted or suppressed; empty when they are not
   */
  public record Change(
      String alarm, String state, @Nullable Instant at, String reason, String silenced) {}

  /**
   * Takes one change in. Doing it twice is harmless; anything but ALARM changes nothing, because a
   * rollout reads its alarms as levels and an OK must be seen there. A rollout that had not given
   * its release to anybody when the alarm went off is left alone too, however late the event comes:
   * it cannot be the cause, and its beats hold for as long as the alarm fires.
   *
   * @return the rollouts that this halted
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
        if (mayBeTheCause(id, change.at()) && engine.ask(RolloutCourse.FORM, id, halt)) {
          halted.add(id);
        }
      } catch (RuntimeException one) {
        // One rollout that cannot be halted must not shield the others; the event is tried again.
        broken = one;
      }
    }
    if (broken != null) {
      throw broken;
    }
    return halted;
  }

  /** Whether anybody had the release when the alarm went off; when that is not known, it halts. */
  private boolean mayBeTheCause(String id, @Nullable Instant at) {
    Instant exposed =
        store.load(RolloutCourse.FORM, id).map(rollout -> rollout.head().exposed()).orElse(null);
    return exposed != null && (at == null || !at.isBefore(exposed));
  }
}
