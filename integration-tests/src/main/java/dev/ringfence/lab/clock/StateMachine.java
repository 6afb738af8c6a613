package dev.ringfence.lab.clock;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A definition in the Amazon States Language, read and checked; {@link StepFunctions} runs it. Of
 * the language the lab knows: Task (lambda:invoke and states:startExecution, with Retry and Catch),
 * Choice, Wait, Pass, Succeed and Fail, with JSONPath reference paths, States.Format and
 * States.MathAdd.
 *
 * @param definition the text it was read from
 * @param timeout after which an execution ends as TIMED_OUT
 * @see <a href="https://states-language.net/spec.html">Amazon States Language</a>
 */
public record StateMachine(
    String name,
    String definition,
    String startAt,
    Map<String, State> states,
    Optional<Duration> timeout) {

  /**
   * Reads a definition.
   *
   * @throws IllegalArgumentException naming the state and the field that the lab does not know or
   *     that is wrong; nothing is ignored in silence
   */
  public static StateMachine parse(String name, String definition) {
    return StateMachineReader.read(name, definition);
  }

  State state(String stateName) {
    State state = states.get(stateName);
    if (state == null) {
      throw new IllegalStateException(name + " has no state " + stateName);
    }
    return state;
  }
}
