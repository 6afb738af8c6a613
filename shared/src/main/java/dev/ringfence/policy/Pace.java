package dev.ringfence.policy;

import dev.ringfence.release.json.Groups;
import dev.ringfence.release.json.Kinds;
import dev.ringfence.release.json.Times;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Who gets a release, how fast, and how many at once. */
public final class Pace {
  /**
   * A wave that adds less than a quarter teaches next to nothing, and a plan has no end of them.
   */
  private static final double LEAST_GROWTH = 1.25;

  /** More than this is no ramp. */
  private static final double MOST_GROWTH = 100;

  /** More than this is not one rollout: a Region's whole fleet fits. */
  private static final int MOST_IN_FLIGHT = 100_000;

  /** A rollout that takes a quarter of a year is overtaken by the next release. */
  private static final Duration LONGEST_DEADLINE = Duration.ofDays(90);

  private static final int MOST_CALENDARS = 10;

  /** What breaks on the developers' machines never reaches a customer's. */
  private static final List<RingRule> DEV_AND_TEST =
      List.of(
          new RingRule("dev", Map.of("env", List.of("dev", "development"))),
          new RingRule("test", Map.of("env", List.of("test", "staging"))));

  public static final Setting<List<RingRule>> RINGS =
      Setting.ofBoth(
          "rings",
          PolicyKinds.RINGS,
          DEV_AND_TEST,
          "Rings chosen by tags that get a release before the computed pilot, canary and waves.");

  /**
   * Content multiplies by ten: three waves take a canary of a hundred to 100,000 machines within
   * about an hour, and with 95 % confidence at most 47 are hurt before the evidence halts it.
   * Capability has days, so it takes half the risk: 24.
   */
  public static final Setting<Double> GROWTH =
      Setting.of(
          "growth",
          Kinds.numberFrom(LEAST_GROWTH, MOST_GROWTH),
          10.0,
          5.0,
          "Each wave brings the updated machines to this many times as many.");

  /** Content hurts at once and shows it; capability must notice rarer faults, and has the time. */
  public static final Setting<Double> DETECT_SHARE =
      Setting.of(
          "detectShare",
          Kinds.probability(),
          0.03,
          0.01,
          "The canary is large enough to contain a machine that a fault on this share would hurt.");

  /** Twenty to one that the canary holds such a machine; the waves behind it look again. */
  public static final Setting<Double> BETA =
      Setting.ofBoth(
          "beta",
          Kinds.probability(),
          0.05,
          "The probability with which the canary may miss a fault of the detect share.");

  /** An hour is what a signature against a new attack can wait; ten days bring two weekends. */
  public static final Setting<Duration> DEADLINE =
      Setting.of(
          "deadline",
          Times.duration(Setting.SHORTEST, LONGEST_DEADLINE),
          Duration.ofHours(1),
          Duration.ofDays(10),
          "By when 98 % of the machines have the release, if nothing holds it.");

  /**
   * Two hours and a half outlast a fault that shows after two; two days see each daily job twice.
   */
  public static final Setting<Duration> OBSERVATION =
      Setting.of(
          "observation",
          Times.duration(Setting.SHORTEST, LONGEST_DEADLINE),
          Duration.ofMinutes(150),
          Duration.ofDays(2),
          "How long the last 2 % stay without the release, to compare the others with.");

  /** Content is small; an installer with a reboot takes its time, also on slow disks. */
  public static final Setting<Duration> DISPATCH =
      Setting.of(
          "dispatch",
          Times.duration(Setting.SHORTEST, Setting.LONGEST),
          Duration.ofMinutes(5),
          Duration.ofHours(2),
          "How long the machines of one wave are sent the release, spread evenly.");

  /** Ten minutes hold the detector's lag and a crash at load; half a day holds a working day. */
  public static final Setting<Duration> BAKE =
      Setting.of(
          "bake",
          Times.duration(Setting.SHORTEST, Setting.LONGEST),
          Duration.ofMinutes(10),
          Duration.ofHours(12),
          "How long a wave is watched, after its last machine was sent the release.");

  /** A hundred commands of fifty machines for content; for capability what one team can look at. */
  public static final Setting<Integer> MAX_IN_FLIGHT =
      Setting.of(
          "maxInFlight",
          Kinds.count(1, MOST_IN_FLIGHT),
          5_000,
          500,
          "The most machines that are between dispatch and proof of life at once.");

  /** Content does not reboot, so a zone keeps its capacity; a quarter of a zone can be missed. */
  public static final Setting<Double> PER_ZONE_SHARE =
      Setting.of(
          "perZoneShare",
          Kinds.share(),
          1.0,
          0.25,
          "The largest share of an availability zone's reachable machines in flight at once.");

  /**
   * What scales together serves together, and Auto Scaling puts this tag on without being asked.
   */
  public static final Setting<String> GROUP =
      Setting.ofBoth(
          "group",
          Kinds.text(
              "tag", "[^\\p{Cc}\\p{Cs}]{1,128}", "a tag's key of 1 to 128 printable characters"),
          "aws:autoscaling:groupName",
          "The tag whose value names the group that a machine serves in.");

  /** Three quarters of a group carry the load of all at most times of the day. */
  public static final Setting<Double> PER_GROUP_SHARE =
      Setting.ofBoth(
          "perGroupShare",
          Kinds.share(),
          0.25,
          "The largest share of a group in flight at once; always at least one machine.");

  public static final Setting<List<MaintenanceWindow>> WINDOWS =
      Setting.ofBoth(
          "windows",
          PolicyKinds.WINDOWS,
          List.of(),
          "When machines may be updated; without any, always.");

  /** A calendar's name or ARN, by the pattern of GetCalendarState's CalendarNames. */
  public static final Setting<List<String>> CALENDARS =
      Setting.ofBoth(
          "calendars",
          Groups.listOf(
              Kinds.text(
                  "name",
                  "[a-zA-Z0-9_\\-.:/]{3,128}",
                  "a Change Calendar's name or ARN of 3 to 128 characters"),
              0,
              MOST_CALENDARS),
          List.of(),
          "Change Calendars that must all be open for a machine to be updated.");

  static final List<Setting<?>> ALL =
      List.of(
          RINGS,
          GROWTH,
          DETECT_SHARE,
          BETA,
          DEADLINE,
          OBSERVATION,
          DISPATCH,
          BAKE,
          MAX_IN_FLIGHT,
          PER_ZONE_SHARE,
          GROUP,
          PER_GROUP_SHARE,
          WINDOWS,
          CALENDARS);

  private Pace() {}
}
