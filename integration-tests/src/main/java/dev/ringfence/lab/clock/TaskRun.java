package dev.ringfence.lab.clock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One stay in a Task state: its attempts, the waits between them, and the way out. */
final class TaskRun {
  private final Run run;
  private final Run.Place place;
  private final State.Task task;
  private final Run.Go entered;
  private final Instant enteredAt;
  private final int[] retriesUsed;
  private int retries;

  TaskRun(Run run, Run.Place place, State.Task task, Run.Go entered) {
    this.run = run;
    this.place = place;
    this.task = task;
    this.entered = entered;
    this.enteredAt = place.clock().instant();
    this.retriesUsed = new int[task.retriers().size()];
  }

  /** Tries once; empty when there is something to wait for. */
  Optional<Run.Go> attempt() {
    JsonNode context = run.context(entered.state(), enteredAt, retries);
    JsonNode out;
    try {
      JsonNode effective = task.data().effectiveInput(entered.input(), context);
      Run.checkSize(effective, "input of the task " + entered.state());
      run.record("TaskScheduled", entered.state(), effective);
      run.record("TaskStarted", entered.state(), JsonNodeFactory.instance.objectNode());
      JsonNode result = place.integrations().call(task.resource(), effective);
      Run.checkSize(result, "result of the task " + entered.state());
      run.record("TaskSucceeded", entered.state(), result);
      out = task.data().output(entered.input(), result, context);
    } catch (Integrations.LateFailure late) {
      return failLater(late);
    } catch (AslError error) {
      return fail(error);
    }
    return run.leave(task, entered.state(), out, task.next());
  }

  private Optional<Run.Go> failLater(Integrations.LateFailure late) {
    Duration limit = task.timeout().orElse(late.after());
    boolean timesOut = limit.compareTo(late.after()) < 0;
    AslError error =
        timesOut
            ? new AslError(AslError.TIMEOUT, "The task took longer than TimeoutSeconds")
            : late.error();
    place.clock().after(timesOut ? limit : late.after(), () -> run.resume(() -> fail(error)));
    return Optional.empty();
  }

  private Optional<Run.Go> fail(AslError error) {
    boolean timedOut = error.error().equals(AslError.TIMEOUT);
    run.record(timedOut ? "TaskTimedOut" : "TaskFailed", entered.state(), History.failure(error));
    if (retry(error)) {
      return Optional.empty();
    }
    for (Catcher catcher : task.catchers()) {
      if (error.isOneOf(catcher.errorEquals())) {
        return run.leave(
            task, entered.state(), caught(catcher, error), Optional.of(catcher.next()));
      }
    }
    throw error;
  }

  /** The first retrier that means the error decides, even when it has no attempts left. */
  private boolean retry(AslError error) {
    for (int i = 0; i < retriesUsed.length; i++) {
      Retrier retrier = task.retriers().get(i);
      if (error.isOneOf(retrier.errorEquals())) {
        if (retriesUsed[i] >= retrier.maxAttempts()) {
          return false;
        }
        Duration delay = retrier.delay(retriesUsed[i]);
        retriesUsed[i]++;
        retries++;
        place.integrations().countTransition();
        place.clock().after(delay, () -> run.resume(this::attempt));
        return true;
      }
    }
    return false;
  }

  private JsonNode caught(Catcher catcher, AslError error) {
    return catcher
        .resultPath()
        .map(path -> path.insert(entered.input(), History.failure(error)))
        .orElse(entered.input());
  }
}
