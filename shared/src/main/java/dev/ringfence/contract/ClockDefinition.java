package dev.ringfence.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The clock of every operation, in the Amazon States Language. The stack deploys this text and the
 * lab interprets it. One execution beats for one operation and is named by its id.
 *
 * <p>Its numbers, which JSON leaves no room to explain:
 *
 * <ul>
 *   <li>A beat that fails is tried again after 2, 4, 8 … and from then on every 300 seconds, 294
 *       times in all, which is a day less two minutes: a Region's outage or a bad deployment that
 *       is noticed in the morning passes without anybody starting clocks by hand. What is at risk
 *       meanwhile does not grow, since only beats start machines, and an alarm halts without one.
 *       From the first failure the function's {@code Errors} metric tells of it. When the day is
 *       over the function is told to put the operation into the phase that asks for a person, and
 *       the execution fails.
 *   <li>An operation that does not exist, or a tick that cannot be read, is the same at every try,
 *       so it fails the execution at once.
 *   <li>A beat is given 110 seconds: longer than the function may run, so that it is over when the
 *       next one is tried, and shorter than the two minutes after which the engine takes a beat for
 *       dead.
 *   <li>After 2500 attempts a new execution carries on. An execution may have 25,000 history
 *       events; an attempt takes at most 9, the retries of the last beat and of the hand-over at
 *       most 3 each, and 2500 × 9 + 2 × 294 × 3 stays below 24,300.
 * </ul>
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html">Step
 *     Functions service quotas</a>
 */
public final class ClockDefinition {
  /** Stands in the text for the ARN of the function that beats for roll-outs. */
  public static final String ROLLOUT_BEAT = "RolloutBeatFunctionArn";

  /** Stands in the text for the ARN of the function that beats for restores. */
  public static final String RESTORE_BEAT = "RestoreBeatFunctionArn";

  /** Stands in the text for the ARN of the function that beats for drills. */
  public static final String DRILL_BEAT = "DrillBeatFunctionArn";

  /**
   * How long a beat function may run: reading a thousand machines in batches takes seconds, so this
   * is room for throttles.
   */
  public static final Duration BEAT_TIMEOUT = Duration.ofSeconds(90);

  /**
   * How long an operation's id may be: later executions append a dash and their number to it, and
   * an execution's name has at most 80 characters.
   */
  public static final int ID_CHARS_MAX = 74;

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(?<name>\\w+)}");

  private ClockDefinition() {}

  /** The text with its placeholders, such as {@code ${RolloutBeatFunctionArn}}. */
  public static String text() {
    try (InputStream file = ClockDefinition.class.getResourceAsStream("clock.asl.json")) {
      if (file == null) {
        throw new IllegalStateException("the clock's definition is not on the class path");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The text with the functions in their places, as CloudFormation would fill it. */
  public static String text(String rolloutBeat, String restoreBeat, String drillBeat) {
    Map<String, String> values =
        Map.of(ROLLOUT_BEAT, rolloutBeat, RESTORE_BEAT, restoreBeat, DRILL_BEAT, drillBeat);
    return PLACEHOLDER.matcher(text()).replaceAll(place -> value(values, place.group("name")));
  }

  private static String value(Map<String, String> values, String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("nothing is known to stand for ${" + name + "}");
    }
    return Matcher.quoteReplacement(value);
  }
}
