package dev.ringfence.policy;

import dev.ringfence.release.json.Groups;
import dev.ringfence.release.json.Kinds;
import dev.ringfence.release.json.Times;
import java.time.Duration;
import java.util.List;

/** What counts as health, how long to wait for it, and what halts. */
public final class Proof {
  /**
   * The agent reports every five minutes (amazon-ssm-agent's health check), so a shorter silence
   * would call healthy machines silent.
   */
  private static final Duration SHORTEST_SILENCE = Duration.ofMinutes(6);

  /** SendCommand's TimeoutSeconds is at least 30. */
  private static final Duration SHORTEST_DELIVERY = Duration.ofSeconds(30);

  /** DescribeAlarms takes up to 100 names, so a look at all of them is one call. */
  private static final int MOST_ALARMS = 100;

  /** What was not delivered four times is not a hiccup. */
  private static final int MOST_RETRIES = 3;

  /**
   * At ten content releases a day 0.001 means at most 3.7 false halts a year, and in practice
   * fewer: the bound is conservative. Capability is rare and its faults cost more, so it halts
   * sooner.
   */
  public static final Setting<Double> ALPHA =
      Setting.of(
          "alpha",
          Kinds.probability(),
          0.001,
          0.01,
          "The probability with which a harmless release may be halted, however often we look.");

  /**
   * One in twenty is far beyond what machines fail by themselves within hours, and two so that one
   * is not enough in a pilot of eight. Over ten days, at one failure per hundred machines a day, a
   * canary of 300 loses some eight by itself and a pilot loses four with a probability below 0.001:
   * hence one in ten and four for capability.
   */
  public static final Setting<FailureBudget> FAILURE_BUDGET =
      Setting.of(
          "failureBudget",
          PolicyKinds.FAILURE_BUDGET,
          new FailureBudget(0.05, 2, null),
          new FailureBudget(0.10, 4, null),
          "Hurt machines that halt whatever the statistics say: a share of the dispatched ones.");

  /** Two pings and the content's load; a reboot with updates of firmware and disk checks. */
  public static final Setting<Duration> PROOF_OF_LIFE =
      Setting.of(
          "proofOfLife",
          Times.duration(Setting.SHORTEST, Setting.LONGEST),
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          "By when, after its dispatch, a machine must have proven that it lives on the release.");

  /** Two missed pings of five minutes, and a minute for the report. */
  public static final Setting<Duration> HEARTBEAT_SILENCE =
      Setting.ofBoth(
          "heartbeatSilence",
          Times.duration(SHORTEST_SILENCE, Setting.LONGEST),
          Duration.ofMinutes(11),
          "How old a machine's last ping may be; an older one is silence, and silence is harm.");

  /** Run Command's own default is an hour, in which a dead machine would look busy. */
  public static final Setting<Duration> DELIVERY_TIMEOUT =
      Setting.of(
          "deliveryTimeout",
          Times.duration(SHORTEST_DELIVERY, Setting.LONGEST),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          "How long Run Command tries to hand a command to a machine; at least 30 seconds.");

  /** A second try passes over most brown-outs; a third would hide a machine that is ill. */
  public static final Setting<Integer> DELIVERY_RETRIES =
      Setting.ofBoth(
          "deliveryRetries",
          Kinds.count(0, MOST_RETRIES),
          1,
          "How often a command that did not arrive is sent again.");

  /** A brown-out of Run Command lasts some three quarters of an hour; capability can sit it out. */
  public static final Setting<Duration> DELIVERY_HOLD =
      Setting.of(
          "deliveryHold",
          Times.duration(Setting.NONE, Setting.LONGEST),
          Duration.ofHours(1),
          Duration.ofHours(4),
          "How long failing deliveries may hold the rollout before a person is asked.");

  public static final Setting<List<String>> ALARMS =
      Setting.ofBoth(
          "alarms",
          Groups.listOf(
              Kinds.text(
                  "name",
                  "[^\\p{Cc}\\p{Cs}]{1,255}",
                  "a CloudWatch alarm's name of 1 to 255 characters"),
              0,
              MOST_ALARMS),
          List.of(),
          "CloudWatch alarms that must be OK; one that goes off halts the rollout.");

  /**
   * Three looks of a five-minute metric: a gap in the data ends by then, a deleted alarm does not.
   */
  public static final Setting<Duration> ALARM_HOLD =
      Setting.ofBoth(
          "alarmHold",
          Times.duration(Setting.NONE, Setting.LONGEST),
          Duration.ofMinutes(15),
          "How long an alarm may lack data, or be missing, before the hold becomes a halt.");

  /** Content that waits longer is stale; for capability somebody is at work within a day. */
  public static final Setting<Duration> HOLD_LIMIT =
      Setting.of(
          "holdLimit",
          Times.duration(Setting.SHORTEST, Setting.LONGEST),
          Duration.ofHours(2),
          Duration.ofDays(1),
          "How long a hold may last before a person is asked.");

  static final List<Setting<?>> ALL =
      List.of(
          ALPHA,
          FAILURE_BUDGET,
          PROOF_OF_LIFE,
          HEARTBEAT_SILENCE,
          DELIVERY_TIMEOUT,
          DELIVERY_RETRIES,
          DELIVERY_HOLD,
          ALARMS,
          ALARM_HOLD,
          HOLD_LIMIT);

  private Proof() {}
}
